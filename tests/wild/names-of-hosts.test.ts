import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { SimHost } from '@/lib/simulation/model';
import type { SimulationOptions } from '@/lib/simulation/simulation';
import { ask, servedCloud } from '../routes/served-cloud';
import { examined, hostLoads, withNodes } from './cloud';
import { machine, type NamedSeries } from './series';

/** Hosts that Nova has under old and new names, or twice, and aliases in another spelling. */

const served = servedCloud();

type Record_ = { id: string; hypervisor_hostname: string; state: string; service: { host: string } };

/** Changes Nova's records of hypervisors as they come from the simulation. */
function serve(options: SimulationOptions, change: (records: Record_[]) => Record_[]) {
  const simulation = served.serve(options);
  served.server.use(
    http.get('http://cloud.test/compute/v2.1/os-hypervisors/detail', async ({ request }) => {
      const body = await (await simulation.answer(request)).json();
      return HttpResponse.json({ ...body, hypervisors: change(body.hypervisors) });
    }),
  );
  return simulation;
}

const named = (build: (host: SimHost) => string, only?: (host: SimHost) => boolean) =>
  withNodes((hosts) =>
    hosts
      .filter((host) => only?.(host) ?? true)
      .flatMap((host): NamedSeries[] =>
        machine({ labels: { job: 'node', instance: `${build(host)}:9100` }, busy: 0.3 }),
      ),
  );

const byName = async () => {
  const { body } = await ask('hosts', { query: '?audit=none' });
  const hosts: { name: string; state: string; reason: string | null; cpu: { used_percentage: number | null } }[] =
    body.hosts;
  return new Map(hosts.map((host) => [host.name, host]));
};

describe('a host that was installed again under another name', () => {
  /** The old record of the first host: down, at the same address. */
  const withOldRecord = (old: string) => (records: Record_[]) =>
    records.flatMap((record, i) =>
      i === 0
        ? [
            {
              ...record,
              id: `${record.id.slice(0, -2)}b1`,
              hypervisor_hostname: old,
              state: 'down',
              service: { ...record.service, host: old },
            },
            record,
          ]
        : [record],
    );

  it.each([
    ['in full, with a short one before', 'cmp-r01-01', 'cmp-r01-01.sim.example'],
    ['in short, with a full one before', 'cmp-r01-01.sim.example', 'cmp-r01-01'],
  ])('%s has what its exporter reports', async (_, old, now) => {
    for (const spelling of [({ name }: SimHost) => name, ({ fqdn }: SimHost) => fqdn, ({ ip }: SimHost) => ip]) {
      serve(named(spelling), (records) =>
        withOldRecord(old)(
          records.map((record, i) =>
            i === 0 ? { ...record, hypervisor_hostname: now, service: { ...record.service, host: now } } : record,
          ),
        ),
      );
      const hosts = await byName();
      expect(hosts.get(now)?.cpu.used_percentage).toBeCloseTo(30);
      expect(hosts.get(old)).toMatchObject({
        cpu: { used_percentage: null },
        reason: 'The host is down and no exporter reports it',
      });
    }
  });

  it('leaves a host alone that is down in another domain', async () => {
    serve(
      named(({ fqdn }) => fqdn),
      withOldRecord('cmp-r01-01.other.example'),
    );
    const hosts = await byName();
    expect(hosts.get('cmp-r01-01')?.cpu.used_percentage).toBeCloseTo(30);
    expect(hosts.get('cmp-r01-01.other.example')?.cpu.used_percentage).toBeNull();
  });

  it('leaves the old one its exporter if the new one has its own', async () => {
    serve(
      withNodes((hosts) => [
        ...hosts.flatMap(({ fqdn }) => machine({ labels: { instance: `${fqdn}:9100` }, busy: 0.3, bootedAt: 1.7e12 })),
        ...machine({ labels: { instance: 'cmp-r01-01:9100' }, busy: 0.6, bootedAt: 1.6e12 }),
      ]),
      (records) =>
        withOldRecord('cmp-r01-01')(
          records.map((record, i) =>
            i === 0 ? { ...record, service: { ...record.service, host: 'cmp-r01-01.sim.example' } } : record,
          ),
        ),
    );
    const hosts = await byName();
    expect(hosts.get('cmp-r01-01.sim.example')?.cpu.used_percentage).toBeCloseTo(30);
    expect(hosts.get('cmp-r01-01')?.cpu.used_percentage).toBeCloseTo(60);
  });
});

describe('a host with two records in Nova', () => {
  const twice = (records: Record_[]) =>
    records.flatMap((record, i) =>
      i === 0 ? [{ ...record, id: '00000000-0000-4000-8000-0000000000a2', state: 'down' }, record] : [record],
    );

  it('counts once, by the record that is up', async () => {
    served.serve(named(({ name }) => name));
    const { body: once } = await ask('overview');
    serve(
      named(({ name }) => name),
      twice,
    );
    const { body } = await ask('overview');
    expect(body.region).toEqual(once.region);
    for (const part of ['pcpu', 'vcpu', 'vram', 'vm'] as const) expect(body[part], part).toEqual(once[part]);
    const { body: hosts } = await ask('hosts', { query: '?audit=none' });
    expect(hosts.total).toBe(4);
    expect(hosts.hosts[0]).toMatchObject({ name: 'cmp-r01-01', state: 'up' });
  });

  it('is named by the doctor', async () => {
    serve(
      named(({ name }) => name),
      twice,
    );
    expect(await examined('host-records')).toMatchObject({
      status: 'warning',
      evidence: '1 of 4 hosts have several records; each host counts once.',
      details: [
        expect.stringContaining('cmp-r01-01 has 2 records'),
        expect.stringContaining('0000000000a2 (down) is not used'),
      ],
      fix: expect.stringContaining('openstack compute service delete'),
    });
    expect((await examined('hosts')).evidence).toBe('4 hosts, 0 down, 0 disabled.');
  });
});

describe('aliases', () => {
  const exporters = named(({ name }) => name.replace('cmp-r01-', 'hv'));

  it('take any spelling of a host on their right side', async () => {
    served.configure({
      METRICS_HOST_ALIASES: 'hv01=cmp-r01-01.sim.example,hv02=CMP-R01-02,hv03=10.20.0.12,HV04=cmp-r01-04',
    });
    served.serve(exporters);
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
    expect(await examined('host-aliases')).toMatchObject({ status: 'ok', evidence: '4 of 4 aliases name a host.' });
  });

  it('that name no host are named by the doctor', async () => {
    served.configure({ METRICS_HOST_ALIASES: 'hv01=cmp-r01-01,hv02=kvm99' });
    served.serve(exporters);
    expect((await hostLoads()).cpu).toEqual([30, null, null, null]);
    expect(await examined('host-aliases')).toMatchObject({
      status: 'error',
      details: ['hv02=kvm99: Nova has no host kvm99, or several'],
    });
  });

  it('don’t move the VMs and allocations of a host whose name they have on their left side', async () => {
    served.serve(named(({ name }) => name));
    const { body: before } = await ask('hosts', { query: '?audit=none' });
    served.configure({ METRICS_HOST_ALIASES: 'cmp-r01-01=cmp-r01-02.sim.example' });
    served.serve(named(({ name }) => name));
    const { body } = await ask('hosts', { query: '?audit=none' });
    const sizes = (hosts: { vms: number; vcpu: unknown }[]) => hosts.map(({ vms, vcpu }) => [vms, vcpu]);
    expect(sizes(body.hosts)).toEqual(sizes(before.hosts));
  });
});
