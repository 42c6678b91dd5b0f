import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPrometheus, type Prometheus } from '@/lib/prometheus/client';
import type { NamedSeries } from '../wild/series';
import { begin, end, freePort, openRealPrometheus, until } from './processes';

/** Real stores with a past that is written into them. */

type Store = { prometheus: Prometheus; close(): Promise<void> };

const quoted = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');

/** Samples of a series: [name with labels, value, ms]. */
function samplesOf(
  { name, labels, from, until: last, value }: NamedSeries,
  times: number[],
): [string, number, number][] {
  const key = `${name}{${quoted(labels)}}`;
  return times.filter((at) => at >= from && at < last).map((at) => [key, Math.round(value(at) * 1e6) / 1e6, at]);
}

async function openPrometheusWith(series: NamedSeries[], times: number[]): Promise<Store> {
  const byName = new Map<string, NamedSeries[]>();
  for (const one of series) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const lines = [...byName.values()].flat().flatMap((one) => samplesOf(one, times));
  const text = lines.map(([key, value, at]) => `${key} ${value} ${at / 1000}\n`).join('');
  return openRealPrometheus('global: {}\n', `${text}# EOF\n`);
}

async function openVictoriaWith(binary: string, series: NamedSeries[], times: number[]): Promise<Store> {
  const folder = await mkdtemp(path.join(tmpdir(), 'traps-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = begin(
    binary,
    `-storageDataPath=${folder}`,
    `-httpListenAddr=127.0.0.1:${port}`,
    '-search.latencyOffset=0s',
  );
  await until('VictoriaMetrics', async () => (await fetch(`${url}/health`)).ok);
  const lines = series.flatMap((one) => samplesOf(one, times)).map(([key, value, at]) => `${key} ${value} ${at}\n`);
  await fetch(`${url}/api/v1/import/prometheus`, { method: 'POST', body: lines.join('') });
  await fetch(`${url}/internal/force_flush`);
  const prometheus = openPrometheus({
    url,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 20_000,
    maxBytes: 1e8,
    concurrency: 4,
  });
  return {
    prometheus,
    async close() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Prometheus from the path, and VictoriaMetrics if VICTORIA_METRICS names its binary. */
export const STORES: [string, (series: NamedSeries[], times: number[]) => Promise<Store>][] = [
  ['Prometheus', openPrometheusWith],
  ...(process.env.VICTORIA_METRICS
    ? [
        [
          'VictoriaMetrics',
          (series: NamedSeries[], times: number[]) =>
            openVictoriaWith(process.env.VICTORIA_METRICS ?? '', series, times),
        ] satisfies [string, (series: NamedSeries[], times: number[]) => Promise<Store>],
      ]
    : []),
];
