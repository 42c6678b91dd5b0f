import { describe, expect, it } from 'vitest';
import { servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, regionCpu, withNodes } from './cloud';
import { type MachineOptions, machine, type NamedSeries, rules } from './series';

/** Machines that were replaced, restarted or changed within the window, and exporters that report too much or too little. */

const served = servedCloud();

const MINUTE = 60_000;
const NONE = [null, null, null, null];
const ALL = [30, 30, 30, 30];

const node = (name: string, more: Partial<MachineOptions> = {}): NamedSeries[] =>
  machine({ labels: { job: 'node', instance: `${name}:9100` }, nodename: name, busy: 0.3, ...more });
const nodes = (build: (name: string, i: number) => NamedSeries[]) =>
  withNodes((hosts) => hosts.flatMap(({ name }, i) => build(name, i)));

describe('a machine that was replaced within the window', () => {
  const asset = (name: string, tag: string) => ({ labels: { job: 'node', instance: `${name}:9100`, asset: tag } });

  it('is measured by the new one alone once the old one is gone', async () => {
    const now = Date.now();
    served.serve(
      nodes((name) => [
        ...node(name, { ...asset(name, 'old'), busy: 0.9, cpus: 8, until: now - 3 * MINUTE }),
        ...node(name, { ...asset(name, 'new'), bootedAt: now - 3 * MINUTE, from: now - 2 * MINUTE }),
      ]),
    );
    expect(await hostLoads()).toMatchObject({ cpu: ALL, cpus: [2, 2, 2, 2] });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
  });

  it('gives no number while both report, and the reason names the label', async () => {
    const now = Date.now();
    served.serve(
      nodes((name, i) => [
        ...(i === 0 ? node(name, { ...asset(name, 'old'), busy: 0.9, cpus: 8 }) : []),
        ...node(name, { ...asset(name, 'new'), bootedAt: now - 3 * MINUTE, from: now - 2 * MINUTE }),
      ]),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu[0]).toBeNull();
    expect(reasons[0]).toContain('told apart by asset');
  });

  it('under the same labels is measured since its counters began', async () => {
    const now = Date.now();
    served.serve(nodes((name) => node(name, { restarts: [now - 2 * MINUTE] })));
    expect((await hostLoads()).cpu).toEqual(ALL);
  });
});

describe('CPUs that came or went within the window', () => {
  /** Four CPUs, two of which were there only before or after a time. */
  const hotplug = (name: string, span: Pick<MachineOptions, 'from' | 'until'>) => [
    ...node(name),
    ...node(name, { cpus: 4, ...span }).filter(
      ({ name: metric, labels }) => metric === 'node_cpu_seconds_total' && Number(labels.cpu) > 1,
    ),
  ];

  it.each([
    ['came', { from: Date.now() - 2 * MINUTE }, 4],
    ['went', { until: Date.now() - 2 * MINUTE }, 2],
  ])('%s: the share is that of all CPUs while they were there', async (_, span, cpus) => {
    served.serve(nodes((name) => hotplug(name, span)));
    expect(await hostLoads()).toMatchObject({ cpu: ALL, cpus: [cpus, cpus, cpus, cpus] });
  });
});

describe('exporters', () => {
  it('of two jobs, one at the address and cut down, are one machine', async () => {
    served.serve(
      withNodes((hosts) =>
        hosts.flatMap(({ name, ip }) => [
          ...node(name),
          ...node(name, {
            labels: { job: 'agent', instance: `${ip}:12345` },
            dropped: ['user', 'system', 'node_memory_MemAvailable_bytes'],
          }),
        ]),
      ),
    );
    expect(await hostLoads()).toMatchObject({ cpu: ALL, ram: [25, 25, 25, 25], reasons: NONE });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
  });

  it('whose host label is on node_uname_info alone are found by the nodename', async () => {
    served.serve(
      withNodes((hosts) =>
        hosts.flatMap(({ name, fqdn }, i) =>
          node(name, { labels: { job: 'node', instance: `192.0.2.${i}:9100` } }).map((one) =>
            one.name === 'node_uname_info' ? { ...one, labels: { ...one.labels, fqdn } } : one,
          ),
        ),
      ),
    );
    expect(await hostLoads()).toMatchObject({ cpu: ALL, reasons: NONE });
  });

  it('beside recording rules are read, and the rules are not', async () => {
    served.serve(
      nodes((name) => [...node(name), ...rules({ labels: { job: 'node', instance: `${name}:9100` }, busy: 0.9 })]),
    );
    expect(await hostLoads()).toMatchObject({ cpu: ALL, ram: [25, 25, 25, 25], cpus: [2, 2, 2, 2] });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
  });

  it('for Windows leave the hosts with a node exporter alone', async () => {
    served.serve(
      nodes((name, i) =>
        i > 0
          ? node(name)
          : ['idle', 'user'].map((mode) => ({
              name: 'windows_cpu_time_total',
              labels: { job: 'windows', instance: `${name}:9182`, core: '0,0', mode },
              from: 0,
              until: Number.POSITIVE_INFINITY,
              value: (at: number) => at / 2_000,
            })),
      ),
    );
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual([null, 30, 30, 30]);
    expect(reasons[0]).toBe('No exporter reports this host under a known name');
  });

  it('that report NaN give no number, and the others do', async () => {
    served.serve(
      nodes((name, i) =>
        node(name).map((one) =>
          i === 0 && one.name !== 'node_uname_info' && one.name !== 'node_boot_time_seconds'
            ? { ...one, value: () => Number.NaN }
            : one,
        ),
      ),
    );
    const { cpu, ram, reasons } = await hostLoads();
    expect([cpu, ram]).toEqual([
      [null, 30, 30, 30],
      [null, 25, 25, 25],
    ]);
    expect(reasons[0]).not.toBeNull();
    expect(await regionCpu()).toMatchObject({ measured: 3 });
  });

  it('of kernels without MemAvailable have CPU, and the reason names the metric', async () => {
    const { cloud } = served.serve(
      nodes((name, i) => node(name, { dropped: i < 2 ? ['node_memory_MemAvailable_bytes'] : [] })),
    );
    expect(await hostLoads()).toMatchObject({
      cpu: ALL,
      ram: [null, null, 25, 25],
      reasons: [...Array(2).fill('Its exporter reports no node_memory_MemAvailable_bytes'), null, null],
    });
    expect((await examined('host-metrics')).details?.[0]).toContain(cloud.hosts[0]?.name);
    expect(new Set(await historyOf(cloud.hosts[0]?.name ?? ''))).toEqual(new Set([30]));
  });
});
