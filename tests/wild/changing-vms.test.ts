import { describe, expect, it } from 'vitest';
import type { HostServer } from '@/lib/contract/v1/hosts';
import { ask, servedCloud } from '../routes/served-cloud';
import { withVms } from './cloud';
import { copies, domainVm, GIB, libvirtVm, meteredVm, type NamedSeries } from './series';

/** VMs that were started, restarted or moved within the window, in every dialect, and replicas that mark only some series. */

const served = servedCloud();

const MINUTE = 60_000;

describe('VMs', () => {
  /** What the API has for the running VMs of the first host. */
  async function read(build: (id: string) => NamedSeries[]) {
    const { cloud, occupancy } = served.serve(withVms(() => []));
    const [host] = cloud.hosts;
    const ids = (host ? occupancy.guests(host, Date.now()) : []).map(({ id }) => id);
    served.serve(withVms(() => ids.flatMap(build)));
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    const servers: HostServer[] = body.servers;
    const cores = ids.map((id) => servers.find((server) => server.id === id)?.cpu_cores);
    expect(cores.length).toBeGreaterThan(3);
    return [...new Set(cores.map((value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)))];
  }

  const TINKOFF = { name: 'libvirt_domain_info_meta', label: 'uuid' };
  const nanoseconds = (series: NamedSeries[]): NamedSeries[] =>
    series.map((one) => ({ ...one, name: 'libvirtd_domain_cpu_time', value: (at) => one.value(at) * 1e9 }));
  const instanceId = (id: string, series: NamedSeries[]): NamedSeries[] =>
    series.map((one) => {
      const { uuid: _, ...labels } = one.labels;
      return { ...one, labels: { ...labels, instanceId: id } };
    });

  it.each<[string, (id: string, from: number) => NamedSeries[]]>([
    ['Debian’s', (id, from) => libvirtVm(id, { cores: 2, from })],
    ['zhangjianweibj’s', (id, from) => instanceId(id, libvirtVm(id, { cores: 2, from }))],
    ['inovex’s', (id, from) => domainVm(id, { cores: 2, from })],
    ['Tinkoff’s', (id, from) => domainVm(id, { cores: 2, from, naming: TINKOFF })],
    ['vexxhost’s', (id, from) => nanoseconds(libvirtVm(id, { cores: 2, from }))],
  ])('younger than the window are measured over their own life by %s exporter', async (_, build) => {
    const now = Date.now();
    expect(await read((id) => build(id, now - 2 * MINUTE))).toEqual([2]);
  });

  it.each<[string, (id: string) => NamedSeries[]]>([
    [
      'the counters of a libvirt exporter',
      (id) =>
        domainVm(id, { cores: 2 }).flatMap((one) =>
          one.name.endsWith('_total') ? copies([one], { replica: 'a' }, { replica: 'b' }) : [one],
        ),
    ],
    [
      'the names of a libvirt exporter',
      (id) =>
        domainVm(id, { cores: 2 }).flatMap((one) =>
          one.name.endsWith('_info') ? copies([one], { replica: 'a' }, { replica: 'b' }) : [one],
        ),
    ],
    ['Ceilometer alone', (id) => copies(meteredVm(id, { cores: 2 }), { replica: 'a' }, { replica: 'b' })],
  ])('are measured once if replicas mark %s', async (_, build) => {
    expect(await read(build)).toEqual([2]);
  });

  it('that two hosts report after a migration count once, by the host that is busier', async () => {
    const now = Date.now();
    const cores = await read((id) => [
      ...libvirtVm(id, { cores: 2, labels: { instance: 'kvm01:9177' } }),
      ...libvirtVm(id, { cores: 0, from: now - 2 * MINUTE, labels: { instance: 'kvm02:9177' } }),
    ]);
    expect(cores).toEqual([2]);
  });

  it('that were restarted within the window are measured across it', async () => {
    const restart = Date.now() - 2 * MINUTE;
    const cores = await read((id) =>
      libvirtVm(id, { cores: 2 }).map((one) => ({
        ...one,
        restarts: [restart],
        value: (at) => (2 * (at - (at < restart ? restart - 10 * MINUTE : restart))) / 1000,
      })),
    );
    expect(cores).toEqual([2]);
  });

  it('with counters that are NaN are unknown, not idle', async () => {
    const cores = await read((id) => libvirtVm(id, { cores: 2 }).map((one) => ({ ...one, value: () => Number.NaN })));
    expect(cores).toEqual([null]);
  });

  it('whose balloon reports NaN have no RAM in use', async () => {
    const { cloud, occupancy } = served.serve(withVms(() => []));
    const [host] = cloud.hosts;
    const [vm] = host ? occupancy.guests(host, Date.now()) : [];
    const id = vm?.id ?? '';
    served.serve(
      withVms(() =>
        libvirtVm(id, { cores: 2 }).flatMap((one) => [
          one,
          { ...one, name: 'libvirt_domain_memory_stats_available_bytes', value: () => Number.NaN },
          { ...one, name: 'libvirt_domain_memory_stats_usable_bytes', value: () => GIB },
        ]),
      ),
    );
    const { body } = await ask('host', { params: { name: host?.name ?? '' } });
    expect(body.servers.find((server: HostServer) => server.id === id)).toMatchObject({ cpu_cores: 2, ram_used: null });
  });
});
