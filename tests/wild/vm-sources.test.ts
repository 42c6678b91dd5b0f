import { describe, expect, it } from 'vitest';
import type { HostServer } from '@/lib/contract/v1/hosts';
import { ask, servedCloud } from '../routes/served-cloud';
import { examined, withVms } from './cloud';
import { copies, libvirtVm, meteredVm, type NamedSeries } from './series';

/** VMs that different exporters report, and VMs that have only just been started or moved. */

const served = servedCloud();

/** Measured cores of the VMs of a host, by id, as the API has them. */
async function coresOf(host: string): Promise<Map<string, number | null>> {
  const { body } = await ask('host', { params: { name: host } });
  const servers: HostServer[] = body.servers;
  return new Map(
    servers.map(({ id, cpu_cores: cores }) => [id, cores === null ? null : Math.round(cores * 100) / 100]),
  );
}

/** Serves series of the running VMs of the first host, and returns what the API has for each of them. */
async function read(build: (ids: string[]) => NamedSeries[]): Promise<(number | null | undefined)[]> {
  const { cloud, occupancy } = served.serve(withVms(() => []));
  const [host] = cloud.hosts;
  if (!host) throw new Error('The cloud has no hosts.');
  const ids = occupancy.guests(host, Date.now()).map(({ id }) => id);
  served.serve(withVms(() => build(ids)));
  const cores = await coresOf(host.name);
  return ids.map((id) => cores.get(id));
}

describe('a libvirt exporter on trial beside Ceilometer', () => {
  it('does not hide what Ceilometer has', async () => {
    const cores = await read((ids) => [
      ...libvirtVm(ids[0] ?? '', { cores: 1.5 }),
      ...ids.flatMap((id) => meteredVm(id, { cores: 0.5 })),
    ]);
    expect(cores.length).toBeGreaterThan(3);
    expect(cores).toEqual(cores.map((_, i) => (i === 0 ? 1.5 : 0.5)));
    const check = await examined('exporters');
    expect(check.evidence).toMatch(/VMs: libvirt-uuid \(1\), ceilometer \(\d+\)/);
    expect((await examined('vm-metrics')).status).toBe('warning');
  });

  it.each([
    ['inovex’s', 'libvirt_domain_openstack_info', 'instance_id'],
    ['Tinkoff’s', 'libvirt_domain_info_meta', 'uuid'],
  ])('does not hide it in the dialect of %s', async (_, metric, label) => {
    const cores = await read((ids) => {
      const [id = ''] = ids;
      const labels = { job: 'libvirt', instance: 'kvm00:9177', domain: 'instance-1' };
      const [time] = libvirtVm(id, { cores: 1.5 });
      if (!time) return [];
      return [
        { ...time, labels },
        { ...time, name: metric, labels: { ...labels, [label]: id, project_name: 'x' }, value: () => 1 },
        ...ids.flatMap((other) => meteredVm(other, { cores: 0.5 })),
      ];
    });
    expect(cores).toEqual(cores.map((_, i) => (i === 0 ? 1.5 : 0.5)));
  });

  it('does not hide it if METRICS_SERVER_LABEL names the label of the trial', async () => {
    served.configure({ METRICS_SERVER_LABEL: 'vm_id' });
    const cores = await read((ids) => [
      ...libvirtVm('x', { cores: 1.5, labels: { vm_id: ids[0] ?? '' } }),
      ...ids.flatMap((id) => meteredVm(id, { cores: 0.5 })),
    ]);
    expect(cores).toEqual(cores.map((_, i) => (i === 0 ? 1.5 : 0.5)));
  });

  it('is read for RAM from whichever has it', async () => {
    const { cloud, occupancy } = served.serve(withVms(() => []));
    const [host] = cloud.hosts;
    const [vm] = host ? occupancy.guests(host, Date.now()) : [];
    const id = vm?.id ?? '';
    served.serve(
      withVms(() => [
        ...libvirtVm(id, { cores: 1.5 }),
        ...meteredVm(id, { cores: 0.5 }),
        {
          name: 'ceilometer_memory_usage',
          labels: { resource: id },
          from: 0,
          until: Number.POSITIVE_INFINITY,
          value: () => 512,
        },
      ]),
    );
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    const found = body.servers.find((server: HostServer) => server.id === id);
    expect(found).toMatchObject({ cpu_cores: expect.closeTo(1.5), ram_used: 512 * 1024 ** 2 });
  });
});

describe('VMs', () => {
  it('younger than the window are measured over their own life', async () => {
    const now = Date.now();
    const cores = await read((ids) => [
      ...ids.flatMap((id, i) => libvirtVm(id, { cores: 2, from: now - 40_000 * (i + 1) })),
    ]);
    expect(cores).toEqual(cores.map(() => 2));
  });

  it('younger than the window are measured by the polls of Ceilometer', async () => {
    const poll = Math.floor(Date.now() / 120_000) * 120_000;
    const cores = await read((ids) => ids.flatMap((id) => meteredVm(id, { cores: 0.5, from: poll - 300_000 })));
    expect(cores).toEqual(cores.map(() => 0.5));
  });

  it('are unknown after a single sample', async () => {
    const now = Date.now();
    const cores = await read((ids) => ids.flatMap((id) => libvirtVm(id, { cores: 2, from: now - 5_000 })));
    expect(cores).toEqual(cores.map(() => null));
  });

  it('that moved within the window keep their load, behind agents that scrape localhost too', async () => {
    const moved = Date.now() - 120_000;
    const at = (agent: string) => ({ instance: 'localhost:9177', agent_hostname: agent });
    const cores = await read((ids) =>
      ids.flatMap((id) => [
        ...libvirtVm(id, { cores: 2, until: moved, labels: at('kvm00') }),
        ...libvirtVm(id, { cores: 2, from: moved, labels: at('kvm01') }),
      ]),
    );
    expect(cores).toEqual(cores.map(() => 2));
  });

  it('that moved within the window keep their load if replicas have each twice', async () => {
    const moved = Date.now() - 120_000;
    const cores = await read((ids) =>
      copies(
        ids.flatMap((id) => [
          ...libvirtVm(id, { cores: 2, until: moved, labels: { instance: 'kvm00:9177' } }),
          ...libvirtVm(id, { cores: 2, from: moved, labels: { instance: 'kvm01:9177' } }),
        ]),
        { prometheus_replica: 'a' },
        { prometheus_replica: 'b' },
      ),
    );
    expect(cores).toEqual(cores.map(() => 2));
  });

  it('whose domain has the same name in another region are not mixed with it', async () => {
    const cores = await read((ids) =>
      ids.flatMap((id, i) => {
        const labels = { job: 'libvirt', instance: 'kvm00:9177', domain: `instance-${i}` };
        const info = (region: string, uuid: string): NamedSeries[] =>
          libvirtVm(uuid, { cores: 1 }).map((series) => ({
            ...series,
            name: 'libvirt_domain_openstack_info',
            labels: { ...labels, region, instance_id: uuid },
            value: () => 1,
          }));
        const time = (region: string, use: number): NamedSeries[] =>
          libvirtVm('', { cores: use }).map((series) => ({ ...series, labels: { ...labels, region } }));
        return [...info('north', id), ...info('south', `x-${id}`), ...time('north', 0.5), ...time('south', 3)];
      }),
    );
    expect(cores).toEqual(cores.map(() => 0.5));
  });
});
