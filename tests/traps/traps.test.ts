import { describe, expect, it } from 'vitest';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import { summarizePhysical, summarizeVirtual } from '@/lib/domain/cluster/overview';
import { listServerUse } from '@/lib/prometheus/server-use';
import { type Fleet, hypervisorsOf, readCluster, SETTINGS, serversOf, settle, withFleet } from './fleet';
import { seconds, until } from './processes';

/**
 * Known traps in real deployments, each with a fleet that has it, compared with the fleet's own truth. Counts and capacities
 * must be exact, rates within 1 %.
 */

const SMALL = ['--hosts=6', '--vms=60', '--threads=16'];
const traps = (...names: string[]) => names.map((name) => `--trap=${name}`);

function near(expected: number, got: number | null, what: string): void {
  expect(got, what).not.toBeNull();
  expect(Math.abs((got ?? 0) - expected), `${what}: expected ${expected}, got ${got}`).toBeLessThanOrEqual(
    Math.max(0.01 * expected, 0.01),
  );
}

type Read = Awaited<ReturnType<typeof readCluster>>;

function checkLoad({ truth }: Fleet, { cluster }: Read): void {
  const cpu = summarizePhysical(cluster, 'cpu', { measuredBy: 'node-exporter', failure: null });
  const ram = summarizePhysical(cluster, 'ram', { measuredBy: 'node-exporter', failure: null });
  expect(cpu.total).toBe(truth.pcpu.total);
  near(truth.pcpu.usage, cpu.usage, 'pcpu.usage');
  expect(ram.total).toBe(truth.pram.total);
  near(truth.pram.usage, ram.usage, 'pram.usage');
  expect(cluster.hosts.map(({ name }) => name)).toEqual(truth.current_cluster.host_labels);
  for (const [i, host] of cluster.hosts.entries()) {
    const expected = truth.current_cluster.cpu_current[i];
    if (expected === null || expected === undefined) expect(cpuPercent(host), host.name).toBeNull();
    else near(expected, cpuPercent(host), host.name);
  }
}

function checkCapacity({ truth }: Fleet, { cluster }: Read): void {
  const vcpu = summarizeVirtual(cluster, 'vcpu', { source: 'openstack-exporter', failure: null });
  const vram = summarizeVirtual(cluster, 'vram', { source: 'openstack-exporter', failure: null });
  expect(vcpu.total).toBe(truth.vcpu.total);
  expect(vcpu.allocated).toBe(truth.vcpu.allocated);
  expect(vram.total).toBe(truth.vram.total);
  expect(vram.allocated).toBe(truth.vram.allocated);
  expect(vcpu.overcommit_ratio).toBeCloseTo(truth.vcpu.overcommit_ratio, 9);
  expect(vcpu.overcommit_max).toBeCloseTo(truth.vcpu.overcommit_max, 9);
  expect(vram.overcommit_max).toBeCloseTo(truth.vram.overcommit_max, 9);
}

async function checkAll(fleet: Fleet): Promise<Read> {
  const read = await readCluster(fleet);
  checkLoad(fleet, read);
  checkCapacity(fleet, read);
  return read;
}

const cpuUsage = ({ cluster }: Read): number =>
  summarizePhysical(cluster, 'cpu', { measuredBy: null, failure: null }).usage ?? 0;

describe.concurrent('readings from a real Prometheus', () => {
  it('T01 T03 T12 T14-T19 T40: reads a mixed fleet without counting what is not its capacity', () =>
    withFleet(
      [
        ...['--hosts=20', '--vms=500', '--hetero', '--reserved-cpus=4', '--pinned-hosts=5'],
        ...['--controllers=3', '--ironic=5', '--disabled=2', '--down=1'],
        ...traps('ha-openstack', 'float32', 'traits-label', 'nova-288'),
      ],
      async (fleet) => {
        await settle(fleet);
        const read = await checkAll(fleet);
        expect(read.cluster.unmappedTargets).toHaveLength(3);
        expect(read.cluster.hosts[0]?.reason).toMatch(/down/);
        expect(read.rows.map(({ resourceClass }) => resourceClass)).not.toContain('CUSTOM_BAREMETAL');
        // User time includes guest time. iowait, 5 % of the usage here, counts as used unless configured as idle.
        const calm = await readCluster(fleet, { ...SETTINGS, idleModes: ['idle', 'iowait', 'steal'] });
        near(0.95 * fleet.truth.pcpu.usage, cpuUsage(calm), 'usage without iowait');
      },
    ));

  it('T02: counts hosts once if two jobs scrape them', () =>
    withFleet([...SMALL, '--style=kolla-hostname', ...traps('dup-node-job')], async (fleet) => {
      await settle(fleet);
      const { cluster, targets } = await checkAll(fleet);
      expect(targets).toHaveLength(12);
      expect(cluster.duplicateTargets).toHaveLength(6);
    }));

  it.each([
    ['T04', 'kolla', []],
    ['T04', 'cos', []],
    ['T04 T05', 'rhoso', []],
    ['T04 T12', 'atmosphere', traps('nova-zero')],
    ['T04 T13', 'osh', traps('cells-half', 'db-exporter')],
  ])('%s: reads a fleet with the labels of %s', (_, style, more) =>
    withFleet([...SMALL, `--style=${style}`, ...more], async (fleet) => {
      await settle(fleet);
      await checkAll(fleet);
    }),
  );

  it('T04 T06: matches FQDN targets to hypervisors with short names, even before the window is full', () =>
    withFleet([...SMALL, '--hypervisor-names=short', '--style=kolla-fqdn'], async (fleet) => {
      const hypervisors = hypervisorsOf(fleet.truth, 'host');
      const read = () => readCluster(fleet, SETTINGS, { hypervisors });
      await until('three scrapes', async () => {
        const [row] = await fleet.prometheus.query('min(count_over_time(node_memory_MemTotal_bytes[3m]))');
        return (row?.value ?? 0) >= 3;
      });
      checkLoad(fleet, await read());
      await settle(fleet);
      const settled = await read();
      checkLoad(fleet, settled);
      checkCapacity(fleet, settled);
    }));

  it('T09 T10: counts relabelled hosts once, and drops exporters that have stopped at once', () =>
    withFleet([...SMALL, '--style=kolla'], async (fleet) => {
      await settle(fleet);
      await fleet.relabel('kolla-fqdn');
      await until('two scrapes under the new labels', async () => {
        const [row] = await fleet.prometheus.query(
          'count(count_over_time(node_memory_MemTotal_bytes{instance=~"cmp.*"}[1m]) >= 2)',
        );
        return row?.value === 6;
      });
      const rated = 'count(count by (instance) (rate(node_cpu_seconds_total{mode="idle"}[1m])))';
      expect((await fleet.prometheus.query(rated))[0]?.value, 'the naive count').toBe(12);
      const read = await readCluster(fleet);
      expect(read.targets).toHaveLength(6);
      checkLoad(fleet, read);
      await fleet.stop();
      await seconds(7);
      expect((await fleet.prometheus.query(rated))[0]?.value, 'the rate continues').toBeGreaterThanOrEqual(6);
      const { cluster, targets } = await readCluster(fleet);
      expect(targets).toEqual([]);
      expect(cluster.hosts.map(cpuPercent)).toEqual(Array(6).fill(null));
    }));

  it('T26: reads a cloud without VMs and hosts', () =>
    withFleet(['--hosts=0', '--vms=0', '--controllers=1'], async (fleet) => {
      await settle(fleet);
      const { cluster } = await readCluster(fleet);
      expect(summarizePhysical(cluster, 'cpu', { measuredBy: null, failure: null })).toMatchObject({
        total: 0,
        usage: 0,
      });
      expect(cluster.unmappedTargets).toHaveLength(1);
    }));

  it('T27: reads hosts that restart within the window', () =>
    withFleet(
      [...SMALL, ...traps('reset')],
      async (fleet) => {
        await until('the restart', async () => {
          const [row] = await fleet.prometheus.query('sum(resets(node_cpu_seconds_total{mode="idle",cpu="0"}[1m]))');
          return row?.value === 3;
        });
        await settle(fleet);
        const { cluster } = await readCluster(fleet);
        expect(cluster.hosts.map(({ name }) => name)).toEqual(fleet.truth.current_cluster.host_labels);
        for (const [i, host] of cluster.hosts.entries()) {
          const expected = fleet.truth.current_cluster.cpu_current[i] ?? 0;
          // The error is at most what one missing scrape can hide.
          expect(Math.abs((cpuPercent(host) ?? -100) - expected), host.name).toBeLessThan(100 / 12);
        }
      },
      { fresh: true },
    ));

  it('T31: reads no capacity if the openstack-exporter lacks Placement', () =>
    withFleet([...SMALL, ...traps('no-placement')], async (fleet) => {
      await settle(fleet);
      const read = await readCluster(fleet);
      checkLoad(fleet, read);
      expect(read.exporters.openstack).toBe(false);
      const vcpu = summarizeVirtual(read.cluster, 'vcpu', { source: 'openstack-exporter', failure: null });
      expect(vcpu).toMatchObject({ total: null, allocated: null });
    }));

  it('T37: reads RAM as the kernel reports it, and the free huge pages', () =>
    withFleet([...SMALL, '--pinned-hosts=2', ...traps('hugepages')], async (fleet) => {
      await settle(fleet);
      const { targets, cluster } = await readCluster(fleet);
      const total = 16 * 4096 * 1024 ** 2;
      const pinned = cluster.hosts.slice(0, 2);
      for (const { ram } of pinned) near(0.8 * total, ram.used, 'RAM in use');
      const free = targets.map(({ hugepagesFreeBytes }) => hugepagesFreeBytes ?? 0).filter((bytes) => bytes > 0);
      expect(free).toHaveLength(2);
      for (const bytes of free) near(0.35 * total, bytes, 'huge pages');
    }));

  it.each([
    ['inovex', 'libvirt-inovex'],
    ['tinkoff', 'libvirt-tinkoff'],
    ['kumina', 'libvirt-uuid'],
    ['zjw', 'libvirt-instance-id'],
    ['vexxhost', 'libvirtd'],
  ])(
    'T23 T28-T30: reads each VM from the exporter %s, in two cells, some on two hosts, some without a balloon',
    (dialect, source) =>
      withFleet(
        [...SMALL, '--vms=200', `--libvirt=${dialect}`, '--cells=2', ...traps('live-migration', 'nan-balloon')],
        async (fleet) => {
          await settle(
            fleet,
            dialect === 'vexxhost' ? 'libvirtd_domain_cpu_time' : 'libvirt_domain_info_cpu_time_seconds_total',
          );
          const { exporters } = await readCluster(fleet);
          expect(exporters.servers).toBe(source);
          const expected = serversOf(await fleet.libvirtPages(), fleet.age());
          expect(expected.size).toBeGreaterThan(150);
          const got = await listServerUse({ prometheus: fleet.prometheus, settings: SETTINGS, exporters }, [
            ...expected.keys(),
            'unknown',
          ]);
          expect(new Set(got.keys())).toEqual(new Set(expected.keys()));
          for (const [id, server] of expected) {
            near(server.cores, got.get(id)?.cores ?? null, `cores of ${id}`);
            expect(got.get(id)?.memoryBytes, `memory of ${id}`).toBe(server.memoryBytes);
          }
        },
      ),
  );
});
