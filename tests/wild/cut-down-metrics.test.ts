import { describe, expect, it } from 'vitest';
import { ask, forget, servedCloud } from '../routes/served-cloud';
import { examined, historyOf, hostLoads, peaks, regionCpu, withNodes } from './cloud';
import { type MachineOptions, machine, type NamedSeries } from './series';

/** Exporters whose metrics were dropped in part, and hosts that have only just been added. */

const served = servedCloud();

const NONE = [null, null, null, null];
const BUSY_MODES = ['user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal'];

const node = (name: string, more: Partial<MachineOptions> = {}): NamedSeries[] =>
  machine({ labels: { job: 'node', instance: `${name}:9100` }, nodename: name, busy: 0.3, ...more });

/** All hosts with these metrics and modes dropped. */
const without = (...dropped: string[]) => withNodes((hosts) => hosts.flatMap(({ name }) => node(name, { dropped })));

describe.each([
  ['only idle time', BUSY_MODES],
  ['idle, user and system time', ['nice', 'iowait', 'irq', 'softirq', 'steal']],
  ['all modes', []],
])('hosts with %s', (_, dropped) => {
  it('are 30 % busy now, in the past and at their peak', async () => {
    const { cloud } = served.serve(without(...dropped));
    const name = cloud.hosts[0]?.name ?? '';
    expect(await hostLoads()).toMatchObject({ cpu: [30, 30, 30, 30], reasons: NONE });
    expect(await regionCpu()).toEqual({ total: 8, usage: 2.4, measured: 4 });
    expect(new Set(await historyOf(name))).toEqual(new Set([30]));
    expect(await peaks()).toEqual({ peaks: [30, 30, 30, 30], unchecked: [] });
    expect((await examined('host-metrics')).status).toBe('ok');
  });

  it('are 30 % busy when a plan was made', async () => {
    served.serve(without(...dropped));
    const { audits } = (await ask('auditList')).body;
    const over = audits.find(({ plan }: { plan: { state: string } | null }) => plan?.state === 'SUCCEEDED');
    const { projection } = (await ask('audit', { params: { id: over.id } })).body;
    expect(projection.basis).toBe('plan-creation');
    expect(projection.hosts.map(({ cpu_now: cpu }: { cpu_now: number }) => Math.round(cpu))).toEqual([30, 30, 30, 30]);
  });

  it('are 30 % busy within their first minutes', async () => {
    const now = Date.now();
    served.serve(
      withNodes((hosts) => hosts.flatMap(({ name }, i) => node(name, { dropped, from: now - 40_000 * (i + 1) }))),
    );
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
  });

  it('have no past before they were there', async () => {
    const from = Date.now() - 20 * 60_000;
    const { cloud } = served.serve(withNodes((hosts) => hosts.flatMap(({ name }) => node(name, { dropped, from }))));
    const known = await historyOf(cloud.hosts[0]?.name ?? '');
    expect(new Set(known.slice(0, 75))).toEqual(new Set([null]));
    expect(new Set(known.slice(-35))).toEqual(new Set([30]));
  });

  it('have a peak from their first whole half hour on, and no check before', async () => {
    const since = (minutes: number) =>
      withNodes((hosts) => hosts.flatMap(({ name }) => node(name, { dropped, from: Date.now() - minutes * 60_000 })));
    served.serve(since(40));
    expect((await peaks()).peaks).toEqual([30, 30, 30, 30]);
    served.serve(since(3));
    forget();
    expect((await peaks()).peaks).toEqual(NONE);
  });
});

describe('hosts without idle time', () => {
  it('have no CPU in use, and the reason names the setting', async () => {
    const { cloud } = served.serve(without('idle'));
    const name = cloud.hosts[0]?.name ?? '';
    const { cpu, ram, reasons } = await hostLoads();
    expect([cpu, ram]).toEqual([NONE, [25, 25, 25, 25]]);
    expect(reasons[0]).toBe('Its exporter reports no mode=idle (see METRICS_IDLE_MODES)');
    expect(new Set(await historyOf(name))).toEqual(new Set([null]));
    const check = await examined('host-metrics');
    expect(check).toMatchObject({ status: 'warning', fix: expect.stringContaining('METRICS_IDLE_MODES') });
    expect(check.details).toContain(`${name}: ${reasons[0]}`);
  });

  it('have no peak, so the check of peaks is not made', async () => {
    served.serve(without('idle'));
    const { body } = await ask('planReview', { params: { id: 'stabilize-production', plan: 'newest' } });
    const { moves } = body.result as { moves: { verdict: string | null; reasons: { check: string }[] }[] };
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.map(({ verdict }) => verdict)).not.toContain('ok');
  });

  it('have no CPU in use if another of the modes that count as idle is dropped', async () => {
    served.configure({ METRICS_IDLE_MODES: 'idle,iowait' });
    served.serve(without('iowait'));
    const { cpu, cpus, reasons } = await hostLoads();
    expect([cpu, cpus]).toEqual([NONE, [2, 2, 2, 2]]);
    expect(reasons[0]).toBe('Its exporter does not report all of METRICS_IDLE_MODES');
    expect(new Set(await historyOf(served.simulation.cloud.hosts[0]?.name ?? ''))).toEqual(new Set([null]));
  });

  it('have CPU in use if all of the modes that count as idle are there', async () => {
    served.configure({ METRICS_IDLE_MODES: 'idle,iowait' });
    served.serve(without('user', 'system'));
    expect((await hostLoads()).cpu).toEqual([30, 30, 30, 30]);
  });
});

describe('hosts without', () => {
  it.each([
    ['node_memory_MemAvailable_bytes', [30, 30, 30, 30], NONE],
    ['node_memory_MemTotal_bytes', [30, 30, 30, 30], NONE],
    ['node_cpu_seconds_total', NONE, [25, 25, 25, 25]],
  ])('%s have what remains, and the reason names it', async (metric, cpu, ram) => {
    served.serve(without(metric));
    const loads = await hostLoads();
    expect([loads.cpu, loads.ram]).toEqual([cpu, ram]);
    expect(loads.reasons[0]).toBe(`Its exporter reports no ${metric}`);
  });

  it('anything on one host only leave the others alone', async () => {
    served.serve(
      withNodes((hosts) => hosts.flatMap(({ name }, i) => node(name, { dropped: i === 1 ? ['idle'] : [] }))),
    );
    expect((await hostLoads()).cpu).toEqual([30, null, 30, 30]);
    expect(await regionCpu()).toEqual({ total: 6, usage: 1.8, measured: 3 });
    expect((await peaks()).peaks).toEqual([30, null, 30, 30]);
  });
});

describe('a host that restarted two minutes ago', () => {
  const restarted = (dropped: string[]) =>
    withNodes((hosts) =>
      hosts.flatMap(({ name }) =>
        node(name, { dropped, restarts: [Date.now() - 120_000], bootedAt: 1_700_000_000_000 }),
      ),
    );

  it('has no CPU in use, and the reason, if its modes don’t tell how long it was away', async () => {
    served.serve(restarted(BUSY_MODES));
    const { cpu, reasons } = await hostLoads();
    expect(cpu).toEqual(NONE);
    expect(reasons[0]).toBe('Not measured long enough yet since it restarted');
  });
});
