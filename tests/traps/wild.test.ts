import { describe, expect, it } from 'vitest';
import { discoverExporters } from '@/lib/prometheus/discover';
import { labelKey } from '@/lib/prometheus/labels';
import { gridUntil, listNodeHistory } from '@/lib/prometheus/node-history';
import { listNodePeaks } from '@/lib/prometheus/node-peaks';
import { listNodeTargets } from '@/lib/prometheus/node-targets';
import type { NodeTarget } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings as settings } from '@/lib/prometheus/settings';
import { copies, GIB, libvirtVm, machine, meteredVm, type NamedSeries } from '../wild/series';
import { STORES } from './stores';

/** Series as real clouds have them, in real stores. All numbers are exact, since every load is constant. */

const HOUR = 3_600_000;
const SCRAPE = 15_000;

/** Three hours of samples that end now. */
const NOW = Math.floor(Date.now() / SCRAPE) * SCRAPE - 5_000;
const TIMES = Array.from({ length: (3 * HOUR) / SCRAPE }, (_, i) => NOW - i * SCRAPE).reverse();
const BOOT = NOW - 100 * HOUR;

const node = (host: string, more = {}) => ({
  labels: { job: 'node', instance: `${host}:9100`, ...more },
  nodename: host,
  bootedAt: BOOT,
});
const agent = (host: string) => ({
  labels: { job: 'integrations/node_exporter', instance: 'localhost:9100', agent_hostname: host },
  nodename: host,
  bootedAt: BOOT,
});
const replicas = [{ prometheus_replica: 'a' }, { prometheus_replica: 'b' }];

describe.each(STORES)('%s', (_, open) => {
  /** Opens a store with these series, and looks. */
  async function withStore(
    series: NamedSeries[],
    look: (read: {
      targets: () => Promise<NodeTarget[]>;
      metrics: Parameters<typeof listNodeTargets>[0];
    }) => Promise<void>,
  ): Promise<void> {
    const opened = await open(series, TIMES);
    try {
      const exporters = await discoverExporters(opened.prometheus, settings);
      const metrics = { prometheus: opened.prometheus, settings, exporters };
      await look({ metrics, targets: () => listNodeTargets(metrics, { at: NOW + 3_000 }) });
    } finally {
      await opened.close();
    }
  }

  const busyOf = ({ idleShare }: NodeTarget) => (idleShare === null ? null : Math.round((1 - idleShare) * 1e4) / 1e4);

  it('counts each CPU of two replicas once', () =>
    withStore(copies(machine({ ...node('kvm00'), busy: 0.3 }), ...replicas), async ({ targets, metrics }) => {
      expect(metrics.exporters.identity).toEqual({ labels: [], replicas: ['prometheus_replica'] });
      const [target, ...others] = await targets();
      expect(others).toEqual([]);
      expect([target?.cpus, target && busyOf(target)]).toEqual([2, 0.3]);
    }));

  it('tells two regions apart, each with two replicas', () =>
    withStore(
      copies(
        [
          ...machine({ ...node('kvm00', { region: 'north' }), busy: 0.3 }),
          ...machine({ ...node('kvm00', { region: 'south' }), busy: 0.78, memoryTotal: 256 * GIB }),
        ],
        { monitor: 'a' },
        { monitor: 'b' },
      ),
      async ({ targets, metrics }) => {
        expect(metrics.exporters.identity).toEqual({ labels: ['region'], replicas: ['monitor'] });
        const all = await targets();
        expect(all.map((target) => [target.labels.region, target.cpus, busyOf(target)]).sort()).toEqual([
          ['north', 2, 0.3],
          ['south', 2, 0.78],
        ]);
      },
    ));

  it('tells three machines behind one instance apart, with the history and peak of each', () =>
    withStore(
      ['kvm00', 'kvm01', 'kvm02'].flatMap((host, i) => machine({ ...agent(host), busy: 0.2 + i / 10 })),
      async ({ targets, metrics }) => {
        expect(metrics.exporters.identity.labels).toEqual(['agent_hostname']);
        const all = (await targets()).sort((a, b) => ((a.nodename ?? '') < (b.nodename ?? '') ? -1 : 1));
        expect(all.map((target) => [target.nodename, busyOf(target)])).toEqual([
          ['kvm00', 0.2],
          ['kvm01', 0.3],
          ['kvm02', 0.4],
        ]);
        const peaks = await listNodePeaks(
          metrics,
          all.map(({ labels }) => labels),
        );
        expect(all.map(({ labels }) => peaks.get(labelKey(labels))?.toFixed(4))).toEqual([
          '0.2000',
          '0.3000',
          '0.4000',
        ]);
        const grid = gridUntil(NOW, HOUR, 600_000);
        const history = await listNodeHistory(metrics, all[1]?.labels ?? {}, grid);
        expect(history.map(({ idleShare }) => idleShare?.toFixed(4))).toEqual(history.map(() => '0.7000'));
      },
    ));

  it('reads 30 % everywhere if only idle time is kept, of an old host and a young one', () =>
    withStore(
      [
        ...machine({
          ...node('old'),
          busy: 0.3,
          dropped: ['user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal'],
        }),
        ...machine({
          ...node('young'),
          busy: 0.3,
          from: NOW - 90_000,
          dropped: ['user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal'],
        }),
      ],
      async ({ targets, metrics }) => {
        const all = await targets();
        expect(all.map(busyOf)).toEqual([0.3, 0.3]);
        const old = all.find(({ nodename }) => nodename === 'old')?.labels ?? {};
        const young = all.find(({ nodename }) => nodename === 'young')?.labels ?? {};
        const grid = gridUntil(NOW, HOUR, 300_000);
        const history = await listNodeHistory(metrics, old, grid);
        expect(history.map(({ idleShare }) => idleShare?.toFixed(4))).toEqual(history.map(() => '0.7000'));
        const short = await listNodeHistory(metrics, young, gridUntil(NOW, 10 * 60_000, 30_000));
        const known = short.flatMap(({ idleShare }) => (idleShare === null ? [] : [idleShare.toFixed(3)]));
        expect(known.length).toBeGreaterThan(0);
        expect(new Set(known)).toEqual(new Set(['0.700']));
        const peaks = await listNodePeaks(metrics, [old, young]);
        expect(peaks.get(labelKey(old))?.toFixed(4)).toBe('0.3000');
        expect(peaks.has(labelKey(young))).toBe(false);
      },
    ));

  it('has no share without idle time or CPU time, and says why; memory stays', () =>
    withStore(
      [
        ...machine({ ...node('kvm00'), busy: 0.3, dropped: ['idle'] }),
        ...machine({ ...node('kvm01'), busy: 0.3, dropped: ['node_cpu_seconds_total'] }),
        ...machine({ ...node('kvm02'), busy: 0.3, dropped: ['node_memory_MemTotal_bytes'] }),
      ],
      async ({ targets }) => {
        const all = (await targets()).sort((a, b) => ((a.nodename ?? '') < (b.nodename ?? '') ? -1 : 1));
        expect(
          all.map(({ cpuGap, memoryTotalBytes, idleShare }) => [cpuGap, memoryTotalBytes, idleShare?.toFixed(2)]),
        ).toEqual([
          ['no-idle-mode', 64 * GIB, undefined],
          ['no-cpu-metrics', 64 * GIB, undefined],
          [null, null, '0.70'],
        ]);
      },
    ));

  it('measures a machine that restarted two minutes ago by all modes, or not at all', () =>
    withStore(
      [
        ...machine({ ...node('kvm00'), busy: 0.3, restarts: [NOW - 120_000] }),
        ...machine({ ...node('kvm01'), busy: 0.3, restarts: [NOW - 120_000], dropped: ['user'] }),
      ],
      async ({ targets }) => {
        const all = (await targets()).sort((a, b) => ((a.nodename ?? '') < (b.nodename ?? '') ? -1 : 1));
        expect(all.map((target) => [busyOf(target), target.cpuGap])).toEqual([
          [0.3, null],
          [null, 'restarted'],
        ]);
      },
    ));

  it('measures CPUs that came within the window while they were there, and no machine that was replaced', () =>
    withStore(
      [
        ...machine({ ...node('kvm00'), busy: 0.3 }),
        ...machine({ ...node('kvm00'), busy: 0.3, cpus: 4, from: NOW - 120_000 }).filter(
          ({ name, labels }) => name === 'node_cpu_seconds_total' && Number(labels.cpu) > 1,
        ),
        ...machine({ ...node('kvm01', { asset: 'old' }), busy: 0.9, cpus: 8, until: NOW - 400_000 }),
        ...machine({ ...node('kvm01', { asset: 'new' }), busy: 0.3, from: NOW - 380_000 }),
      ],
      async ({ targets }) => {
        const all = (await targets()).sort((a, b) => ((a.nodename ?? '') < (b.nodename ?? '') ? -1 : 1));
        expect(all.map((target) => [busyOf(target), target.cpus])).toEqual([
          [0.3, 4],
          [0.3, 2],
        ]);
      },
    ));

  it('measures young, old and moved VMs, each by the best source that has it', () =>
    withStore(
      [
        ...libvirtVm('old', { cores: 1.5, from: BOOT }),
        ...libvirtVm('young', { cores: 2, from: NOW - 100_000 }),
        // Long enough ago for what it left to be stale, which nothing marks here, but within Ceilometer's window.
        ...meteredVm('moved', { cores: 1, from: BOOT, until: NOW - 400_000, labels: { vm_instance: 'a' } }),
        ...meteredVm('moved', { cores: 1, from: NOW - 400_000, labels: { vm_instance: 'b' } }),
        ...meteredVm('metered', { cores: 0.5, from: BOOT }),
        ...meteredVm('newly metered', { cores: 0.5, from: NOW - 400_000 }),
        ...meteredVm('old', { cores: 1, from: BOOT }),
      ],
      async ({ metrics }) => {
        const ids = ['old', 'young', 'moved', 'metered', 'newly metered', 'gone'];
        const use = await listServerUse(metrics, ids, { at: NOW + 3_000 });
        const cores = ids.map((id) => use.get(id)?.cores ?? null);
        expect(cores[0]).toBeCloseTo(1.5, 3);
        expect(cores[1]).toBeCloseTo(2, 3);
        // Each half may hide a poll.
        expect(Math.abs((cores[2] ?? 0) - 1)).toBeLessThan((2 * 120) / 720);
        // Six polls of a window, give or take one.
        expect(Math.abs((cores[3] ?? 0) - 0.5)).toBeLessThan(0.5 / 6 + 0.02);
        expect(cores[4]).toBeCloseTo(0.5, 3);
        expect(cores[5]).toBeNull();
      },
    ));
});
