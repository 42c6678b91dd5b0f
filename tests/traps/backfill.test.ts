import { describe, expect, it } from 'vitest';
import { cpuPercent } from '@/lib/domain/cluster/cluster';
import { summarizeVirtual } from '@/lib/domain/cluster/overview';
import { discoverExporters } from '@/lib/prometheus/discover';
import { listServerUse } from '@/lib/prometheus/server-use';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { readCluster, type Truth } from './fleet';
import { emitScript, openRealPrometheus, outputOf } from './processes';

/** Traps that would take too long in real time: their past is written into Prometheus before it starts. */

const OPTIONS = ['--hosts=6', '--vms=60', '--threads=16', '--truth-hosts'];
const emitted = (command: string[], options: string[] = []) =>
  outputOf('python3', emitScript(), ...command, ...OPTIONS, ...options);

/** OpenMetrics text with the value of every series at each time. */
function past(times: number[], series: { name: string; value: (at: number) => number }[]): string {
  const lines = series.flatMap(({ name, value }) => times.map((at) => `${name} ${value(at)} ${at}\n`));
  return `${lines.join('')}# EOF\n`;
}

const timesUntil = (last: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => last - (count - 1 - i) * step);

const NO_SCRAPES = 'global: {}\n';

describe.concurrent('a real Prometheus with backfilled data', () => {
  it('T32: reads steady VM usage from Ceilometer, polled every two minutes and scraped every 30 s', async () => {
    const now = Math.floor(Date.now() / 1000);
    const age = 100_000;
    const page = await emitted(['dump', 'ceilometer'], ['--poll=120', `--epoch=${now - age}`]);
    const truth = new Map<string, number>();
    const series = page.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^(ceilometer_(?:cpu|memory_usage)\{.*\}) (\d+)$/.exec(line) ?? [];
      if (name === '') return [];
      if (name.startsWith('ceilometer_memory')) return [{ name, value: () => Number(value) }];
      const perSecond = (Number(value) - 1e15) / (Math.floor(age / 120) * 120);
      truth.set(/resource="([^"]+)"/.exec(name)?.[1] ?? '', perSecond / 1e9);
      return [{ name, value: (at: number) => Math.round(1e15 + perSecond * Math.floor(at / 120) * 120) }];
    });
    const real = await openRealPrometheus(NO_SCRAPES, past(timesUntil(now - 1, 30, 90), series));
    try {
      const exporters = await discoverExporters(real.prometheus, defaultMetricSettings);
      expect(exporters).toMatchObject({ servers: 'ceilometer', openstack: false, hosts: null });
      for (const ago of [0, 40, 80, 120, 400]) {
        const at = (now - ago) * 1000;
        const use = await listServerUse(
          { prometheus: real.prometheus, settings: defaultMetricSettings, exporters },
          [...truth.keys()],
          { at },
        );
        expect(use.size).toBe(truth.size);
        for (const [id, cores] of truth) {
          expect(Math.abs((use.get(id)?.cores ?? -1) / cores - 1), `${id} ${ago} s ago`).toBeLessThan(0.15);
        }
      }
    } finally {
      await real.close();
    }
  });

  it('T33: reads all values if scraped every ten minutes, last eight minutes ago', async () => {
    const truth: Truth = JSON.parse(await emitted(['truth']));
    const page = await emitted(['dump', 'openstack']);
    const placement = page.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^(openstack_placement_resource_\w+\{.*\}) (\S+)$/.exec(line) ?? [];
      return name === '' ? [] : [{ name, value: () => Number(value) }];
    });
    const nodes = truth.x_hosts.flatMap(({ ip, threads, cpu }) => {
      const target = `job="node",instance="${ip}:9100"`;
      const modes = [
        ['idle', 1 - cpu / 100],
        ['user', cpu / 100],
      ] as const;
      return [
        { name: `node_memory_MemTotal_bytes{${target}}`, value: () => 2 ** 36 },
        { name: `node_memory_MemAvailable_bytes{${target}}`, value: () => 2 ** 35 },
        ...Array.from({ length: threads }, (_, i) => i).flatMap((i) =>
          modes.map(([mode, share]) => ({
            name: `node_cpu_seconds_total{${target},cpu="${i}",mode="${mode}"}`,
            value: (at: number) => Math.round(at * share * 1000) / 1000,
          })),
        ),
      ];
    });
    const times = timesUntil(Math.floor(Date.now() / 1000) - 480, 600, 12);
    const real = await openRealPrometheus(NO_SCRAPES, past(times, [...placement, ...nodes]));
    try {
      const { cluster, exporters } = await readCluster({ truth, prometheus: real.prometheus }, defaultMetricSettings);
      expect(exporters).toMatchObject({ hosts: 'node-exporter', openstack: true });
      expectTenMinutes(exporters.nodeIntervalSeconds);
      expectTenMinutes(exporters.openstackIntervalSeconds);
      expect(summarizeVirtual(cluster, 'vcpu', { source: 'openstack-exporter', failure: null }).total).toBe(
        truth.vcpu.total,
      );
      for (const [i, host] of cluster.hosts.entries()) {
        expect(cpuPercent(host)).toBeCloseTo(truth.x_hosts[i]?.cpu ?? -1, 0);
      }
    } finally {
      await real.close();
    }
  });
});

/** Five or six scrapes in an hour, depending on the minute. */
function expectTenMinutes(interval: number | null): void {
  expect([600, 720]).toContain(interval);
}
