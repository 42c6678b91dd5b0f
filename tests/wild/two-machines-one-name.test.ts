import { describe, expect, it } from 'vitest';
import type { SimHost } from '@/lib/simulation/model';
import type { Labels } from '@/lib/simulation/prometheus/series';
import { ask, servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, peaks, regionCpu, withNodes } from './cloud';
import { copies, GIB, type MachineOptions, machine, type NamedSeries } from './series';

/** One Prometheus, Thanos or Mimir for two clouds whose hosts have the same names. */

const served = servedCloud();

/** Hosts of one site: all of them as busy, at the addresses that exporters of kolla-ansible have, or by name. */
const site = (hosts: SimHost[], labels: Labels, more: Partial<MachineOptions>): NamedSeries[] =>
  hosts.flatMap(({ name }) =>
    machine({ labels: { job: 'node', instance: `${name}:9100`, ...labels }, nodename: name, busy: 0, ...more }),
  );

/** 30 % of 2 CPUs and 64 GiB here; 78 % of 8 CPUs and 256 GiB there. */
const NORTH = { busy: 0.3, bootedAt: 1_700_000_000_000 };
const SOUTH = { busy: 0.78, cpus: 8, memoryTotal: 256 * GIB, bootedAt: 1_710_000_000_000 };

const NONE = [null, null, null, null];
const LABELS = ['region', 'cluster', 'site', '__tenant_id__', 'thanos_cluster'];

describe.each(LABELS)('two sites told apart by %s', (label) => {
  const both = (hosts: SimHost[], south: Partial<MachineOptions> = SOUTH) => [
    ...site(hosts, { [label]: 'north' }, NORTH),
    ...site(hosts, { [label]: 'south' }, south),
  ];

  it('give no host a number, and the reason names both and the setting', async () => {
    served.serve(withNodes((hosts) => both(hosts)));
    const { cpu, ram, reasons } = await hostLoads();
    expect([cpu, ram]).toEqual([NONE, NONE]);
    expect(reasons[0]).toBe(
      `Two machines answer to cmp-r01-01, told apart by ${label} (north, south): set METRICS_NODE_SELECTOR to this cloud’s, or METRICS_HOST_LABELS if ${label} names hosts`,
    );
    expect(await regionCpu()).toMatchObject({ usage: null, measured: 0 });
    expect((await ask('overview')).body.pcpu.reason).toBe(`No host is measured. cmp-r01-01: ${reasons[0]}.`);
    expect((await peaks()).unchecked).toContain('peak');
    const check = await examined('machines');
    expect(check).toMatchObject({ status: 'error', fix: expect.stringContaining('METRICS_NODE_SELECTOR') });
    expect(check.details).toHaveLength(4);
  });

  it('are noticed even if their hardware is the same and only their counters differ', async () => {
    served.serve(withNodes((hosts) => both(hosts, { busy: 0.31, bootedAt: NORTH.bootedAt })));
    expect((await hostLoads()).cpu).toEqual(NONE);
  });

  it('give each host its own number with METRICS_NODE_SELECTOR', async () => {
    served.configure({ METRICS_NODE_SELECTOR: `${label}="north"` });
    const { cloud } = served.serve(withNodes((hosts) => both(hosts)));
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], ram: [25, 25, 25, 25], reasons: NONE });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
    expect(new Set(await historyOf(cloud.hosts[0]?.name ?? ''))).toEqual(new Set([30]));
    expect((await peaks()).peaks).toEqual([30, 30, 30, 30]);
    expect((await examined('machines')).status).toBe('ok');
  });

  it('give each host its own number if the label repeats the name of the region', async () => {
    served.serve(
      withNodes((hosts) => [
        ...site(hosts, { [label]: 'regionone' }, NORTH),
        ...site(hosts, { [label]: 'RegionTwo' }, SOUTH),
      ]),
    );
    const { name = '' } = served.simulation.cloud.hosts[1] ?? {};
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
    expect(new Set(await historyOf(name))).toEqual(new Set([30]));
    expect((await peaks()).peaks).toEqual([30, 30, 30, 30]);
    const { status, evidence } = await examined('machines');
    expect([status, evidence]).toEqual(['ok', expect.stringContaining('4 targets of other regions are left out')]);
  });

  it('are told apart if replicas have each machine twice', async () => {
    const replicas = [{ prometheus_replica: 'a' }, { prometheus_replica: 'b' }];
    served.serve(withNodes((hosts) => copies(both(hosts), ...replicas)));
    expect((await hostLoads()).reasons[3]).toContain(`told apart by ${label} (north, south)`);
    served.configure({ METRICS_NODE_SELECTOR: `${label}="north"` });
    served.serve(withNodes((hosts) => copies(both(hosts), ...replicas)));
  });

  it('leave hosts alone that only this site has, if it has most of the names', async () => {
    served.serve(
      withNodes((hosts) => [
        ...site(hosts, { [label]: 'north' }, NORTH),
        ...site(hosts.slice(0, 1), { [label]: 'south' }, SOUTH),
      ]),
    );
    expect((await hostLoads()).cpu).toEqual([null, 30, 30, 30]);
  });

  it('give no number to a host that only the other site may have', async () => {
    served.serve(
      withNodes((hosts) => [
        ...site(hosts.slice(0, 3), { [label]: 'north' }, NORTH),
        ...site(hosts, { [label]: 'south' }, SOUTH),
      ]),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual(NONE);
    expect(reasons[3]).toContain(`only one to cmp-r01-04, told apart by ${label} (north, south)`);
  });
});

describe('two sites', () => {
  it('told apart by their jobs are noticed', async () => {
    served.serve(
      withNodes((hosts) => [
        ...site(hosts, { job: 'node-north' }, NORTH),
        ...site(hosts, { job: 'node-south' }, SOUTH),
      ]),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual(NONE);
    expect(reasons[0]).toContain('told apart by job (node-north, node-south)');
  });

  it('at addresses of their own are told apart by Nova’s addresses', async () => {
    const at = (hosts: SimHost[], ipOf: (host: SimHost) => string, more: Partial<MachineOptions>) =>
      hosts.flatMap((host) => site([host], { instance: `${ipOf(host)}:9100` }, more));
    served.serve(
      withNodes((hosts) => [
        ...at(hosts, ({ ip }) => ip, NORTH),
        ...at(hosts, ({ ip }) => ip.replace('10.20', '10.99'), SOUTH),
      ]),
    );
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
    expect(await examined('machines')).toMatchObject({
      status: 'warning',
      details: expect.arrayContaining([expect.stringContaining('instance=10.99.0.10:9100')]),
    });
  });

  it('with full names are told apart by them', async () => {
    served.serve(
      withNodes((hosts) => [
        ...hosts.flatMap((host) => site([host], { instance: `${host.fqdn}:9100` }, NORTH)),
        ...hosts.flatMap((host) => site([host], { instance: `${host.name}.south.example:9100` }, SOUTH)),
      ]),
    );
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
  });

  it('don’t reach the projection of a plan', async () => {
    served.serve(
      withNodes((hosts) => [...site(hosts, { region: 'north' }, NORTH), ...site(hosts, { region: 'south' }, SOUTH)]),
    );
    const { body } = await ask('audit', { params: { id: 'stabilize-production' } });
    const hosts: { cpu_now: number | null }[] = body.projection.hosts;
    expect(hosts.map(({ cpu_now: cpu }) => cpu)).toEqual(NONE);
  });
});

describe('one machine', () => {
  it('that two jobs scrape is one', async () => {
    served.serve(withNodes((hosts) => [...site(hosts, {}, NORTH), ...site(hosts, { job: 'node-legacy' }, NORTH)]));
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], cpus: [2, 2, 2, 2] });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
  });

  it('that two jobs scrape is one without a time of boot, too', async () => {
    const more = { ...NORTH, dropped: ['node_boot_time_seconds'] };
    served.serve(withNodes((hosts) => [...site(hosts, {}, more), ...site(hosts, { job: 'node-legacy' }, more)]));
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
  });

  it('whose label was copied from another is found by its nodename', async () => {
    served.serve(
      withNodes((hosts) =>
        hosts.flatMap((host, i) =>
          site(
            [host],
            { instance: `192.0.2.${i}:9100`, fqdn: hosts[i === 1 ? 0 : i]?.fqdn ?? '' },
            {
              busy: 0.1 * (i + 1),
              bootedAt: 1_700_000_000_000 + i * 86_400_000,
            },
          ),
        ),
      ),
    );
    expect((await hostLoads()).cpu).toEqual([10, 20, 30, 40]);
  });
});
