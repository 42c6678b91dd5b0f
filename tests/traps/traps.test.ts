import { afterAll, describe, expect, it } from 'vitest';
import { cpuPercent } from '@/lib/domain/cluster';
import { summarizePhysical, summarizeVirtual } from '@/lib/domain/overview';
import { listServerUse } from '@/lib/prometheus/server-use';
import { end, type Fleet, hypervisorsOf, openFleet, readCluster, SETTINGS, settle } from './fleet';

/** The traps of the field, each with a fleet that springs it, against what the fleet itself says is true. */

const SIZE = ['--hosts', '20', '--vms', '200', '--threads', '16'];
const fleets: Fleet[] = [];
afterAll(() => Promise.all(fleets.map((fleet) => fleet.close())));

async function open(...options: string[]): Promise<Fleet> {
  const fleet = await openFleet([...SIZE, ...options]);
  fleets.push(fleet);
  return fleet;
}

const close = (expected: number, got: number | null, tolerance = 0.01) => {
  expect(got).not.toBeNull();
  expect(Math.abs((got ?? 0) - expected) / expected, `expected ${expected}, got ${got}`).toBeLessThan(tolerance);
};

/** All that the truth says of capacity and load. */
async function checkAll(fleet: Fleet): Promise<Awaited<ReturnType<typeof readCluster>>> {
  const { truth } = fleet;
  const read = await readCluster(fleet);
  const { cluster } = read;
  const cpu = summarizePhysical(cluster, 'cpu', 'node-exporter', null);
  const ram = summarizePhysical(cluster, 'ram', 'node-exporter', null);
  const vcpu = summarizeVirtual(cluster, 'vcpu', 'openstack-exporter', null);
  const vram = summarizeVirtual(cluster, 'vram', 'openstack-exporter', null);
  console.log(
    JSON.stringify({
      pcpu: [truth.pcpu.total, cpu.total, truth.pcpu.usage, cpu.usage],
      pram: [truth.pram.usage, ram.usage],
      vcpu: [truth.vcpu.total, vcpu.total, truth.vcpu.allocated, vcpu.allocated],
      vram: [truth.vram.total, vram.total],
    }),
  );
  expect(cpu.total).toBe(truth.pcpu.total);
  close(truth.pcpu.usage, cpu.usage);
  expect(ram.total).toBe(truth.pram.total);
  close(truth.pram.usage, ram.usage);
  expect(vcpu.total).toBe(truth.vcpu.total);
  expect(vcpu.allocated).toBe(truth.vcpu.allocated);
  expect(vram.total).toBe(truth.vram.total);
  expect(vram.allocated).toBe(truth.vram.allocated);
  expect(vcpu.overcommit_ratio).toBeCloseTo(truth.vcpu.overcommit_ratio, 9);
  expect(vcpu.overcommit_max).toBeCloseTo(truth.vcpu.overcommit_max, 6);
  expect(cluster.hosts.map(({ name }) => name)).toEqual(truth.current_cluster.host_labels);
  for (const [i, host] of cluster.hosts.entries()) {
    const expected = truth.current_cluster.cpu_current[i];
    if (expected === null || expected === undefined) expect(cpuPercent(host)).toBeNull();
    else expect(cpuPercent(host)).toBeCloseTo(expected, 0);
  }
  return read;
}

describe.concurrent('against a real Prometheus', () => {
  it('T01, T03, T14, T15, T16, T18, T19, T40: controllers, two exporter replicas, float ratios, reservations, pinned CPUs, a down host, extra labels', async () => {
    const fleet = await open(
      ...[
        '--hetero',
        '--controllers',
        '3',
        '--reserved-cpus',
        '4',
        '--pinned-hosts',
        '5',
        '--disabled',
        '2',
        '--down',
        '1',
      ],
      ...[
        '--trap',
        'ha-openstack',
        '--trap',
        'float32',
        '--trap',
        'traits-label',
        '--ironic',
        '2',
        '--trap',
        'nova-288',
      ],
    );
    await settle(fleet);
    const { cluster } = await checkAll(fleet);
    expect(cluster.unmappedTargets).toHaveLength(3);
    expect(cluster.hosts[0]?.reason).toMatch(/down/);
    // T40: iowait counts as used unless it is said to be idle.
    const strict = await readCluster(fleet, { ...SETTINGS, idleModes: ['idle', 'iowait', 'steal'] });
    const [busy, calm] = [cluster, strict.cluster].map(
      (joined) => summarizePhysical(joined, 'cpu', null, null).usage ?? 0,
    );
    close(0.95, (calm ?? 0) / (busy ?? 1));
  });

  it('T02: two jobs scrape the same hosts', async () => {
    const fleet = await open('--style', 'kolla-hostname', '--trap', 'dup-node-job');
    await settle(fleet);
    const { cluster } = await checkAll(fleet);
    expect(cluster.duplicateTargets).toHaveLength(20);
  });

  it.each(['kolla', 'kolla-fqdn', 'rhoso', 'atmosphere', 'osh', 'cos'])(
    'T04, T05: labels as %s has them',
    async (style) => {
      const fleet = await open('--style', style, '--hosts', '6', '--vms', '30');
      await settle(fleet);
      await checkAll(fleet);
    },
  );

  it('T06: hypervisors go by their short names', async () => {
    const fleet = await open('--hypervisor-names', 'short', '--hosts', '6', '--vms', '30');
    await settle(fleet);
    const { cluster } = await readCluster(fleet, SETTINGS, { hypervisors: hypervisorsOf(fleet.truth, 'short') });
    expect(summarizeVirtual(cluster, 'vcpu', 'openstack-exporter', null).total).toBe(fleet.truth.vcpu.total);
    expect(cluster.hosts.every((host) => cpuPercent(host) !== null)).toBe(true);
  });

  it('T12, T13: hypervisor metrics that are zero, halved, or mean something else change nothing', async () => {
    const fleet = await open(
      '--trap',
      'nova-zero',
      '--trap',
      'cells-half',
      '--trap',
      'db-exporter',
      '--hosts',
      '6',
      '--vms',
      '30',
    );
    await settle(fleet);
    await checkAll(fleet);
  });

  it('T26: no VM and no host', async () => {
    const fleet = await open('--hosts', '0', '--vms', '0', '--controllers', '1');
    await settle(fleet);
    const { cluster } = await readCluster(fleet);
    expect(summarizePhysical(cluster, 'cpu', null, null)).toMatchObject({ total: 0, usage: 0 });
    expect(cluster.unmappedTargets).toHaveLength(1);
  });

  it('T27: every second host has restarted', async () => {
    const fleet = await open('--trap', 'reset', '--hosts', '6', '--vms', '30');
    await settle(fleet);
    const { cluster } = await readCluster(fleet);
    for (const [i, host] of cluster.hosts.entries()) {
      const expected = fleet.truth.current_cluster.cpu_current[i] ?? 0;
      expect(Math.abs((cpuPercent(host) ?? -100) - expected)).toBeLessThan(9);
    }
  });

  it('T31: the exporter knows nothing of Placement', async () => {
    const fleet = await open('--trap', 'no-placement', '--hosts', '6', '--vms', '30');
    await settle(fleet);
    const { exporters, cluster } = await readCluster(fleet);
    expect(exporters.openstack).toBe(false);
    expect(summarizeVirtual(cluster, 'vcpu', 'openstack-exporter', null)).toMatchObject({ total: null });
  });

  it('T37: huge pages count as used, and what is free of them is known', async () => {
    const fleet = await open('--trap', 'hugepages', '--pinned-hosts', '2', '--hosts', '6', '--vms', '30');
    await settle(fleet);
    const { targets } = await readCluster(fleet);
    expect(targets.filter(({ hugepagesFreeBytes }) => (hugepagesFreeBytes ?? 0) > 0)).toHaveLength(2);
  });

  it.each(['inovex', 'tinkoff', 'kumina', 'zjw', 'vexxhost'])(
    'T28, T29, T30: CPU of VMs by the %s exporter, in two cells, one migrating',
    async (dialect) => {
      const fleet = await open(
        '--libvirt',
        dialect,
        '--cells',
        '2',
        '--trap',
        'live-migration',
        '--hosts',
        '6',
        '--vms',
        '30',
      );
      await settle(fleet);
      const { exporters } = await readCluster(fleet);
      const samples = await fleet.prometheus.query(IDS[dialect] ?? '');
      const ids = [
        ...new Set(samples.map(({ labels }) => labels.uuid ?? labels.instance_id ?? labels.instanceId ?? '')),
      ];
      const use = await listServerUse(fleet.prometheus, SETTINGS, exporters, ids);
      const loads = [...use.values()].map(({ cores }) => cores ?? -1);
      expect(use.size).toBe(ids.length);
      // Every running VM of the fleet uses between 1% and 80% of at most 16 vCPUs; one counted twice would pass that.
      expect(loads.every((cores) => cores >= 0 && cores < 12.9)).toBe(true);
      const [total] = await fleet.prometheus.query(TOTALS[dialect] ?? '');
      close(
        total?.value ?? 0,
        loads.reduce((sum, cores) => sum + cores, 0),
        0.03,
      );
    },
  );

  it('T32: Ceilometer’s slow polls are steady', async () => {
    const fleet = await open(
      '--style',
      'rhoso',
      '--jobs',
      'node,ceilometer',
      '--poll',
      '10',
      '--hosts',
      '4',
      '--vms',
      '20',
    );
    await settle(fleet, 'ceilometer_cpu');
    const { exporters } = await readCluster(fleet);
    expect(exporters).toMatchObject({ servers: 'ceilometer', openstack: false });
    const ids = (await fleet.prometheus.query('ceilometer_cpu')).map(({ labels }) => labels.resource ?? '');
    const use = await listServerUse(fleet.prometheus, SETTINGS, exporters, ids);
    expect(use.size).toBe(ids.length);
  });

  it('T10: a dead exporter is gone at once, though its rates live on', async () => {
    const fleet = await open('--style', 'kolla', '--hosts', '4', '--vms', '20');
    await settle(fleet);
    await end(fleet.emitter);
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    const rates = await fleet.prometheus.query('count(rate(node_cpu_seconds_total{mode="idle"}[1m]))');
    expect(rates[0]?.value, 'the rate lives on').toBeGreaterThan(0);
    const { cluster, targets } = await readCluster(fleet);
    expect(targets).toEqual([]);
    expect(cluster.hosts.every((host) => cpuPercent(host) === null)).toBe(true);
  });
});

const IDS: Record<string, string> = {
  inovex: 'libvirt_domain_openstack_info',
  tinkoff: 'libvirt_domain_info_meta',
  kumina: 'libvirt_domain_info_cpu_time_seconds_total',
  zjw: 'libvirt_domain_info_cpu_time_seconds_total',
  vexxhost: 'libvirtd_domain_cpu_time',
};
const CPU = 'rate(libvirt_domain_info_cpu_time_seconds_total[1m])';
const INFO = (metric: string, id: string) =>
  `sum(max by (${id}) (${CPU} * on (instance, domain) group_left (${id}) max by (instance, domain, ${id}) (${metric})))`;
/** The sum over VMs as one would ask for it by hand, each VM once. */
const TOTALS: Record<string, string> = {
  inovex: INFO('libvirt_domain_openstack_info', 'instance_id'),
  tinkoff: INFO('libvirt_domain_info_meta', 'uuid'),
  kumina: `sum(max by (uuid) (${CPU}))`,
  zjw: `sum(max by (instanceId) (${CPU}))`,
  vexxhost: 'sum(max by (uuid) (rate(libvirtd_domain_cpu_time[1m]))) / 1e9',
};
