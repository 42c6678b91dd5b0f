import 'server-only';
import { counts } from '@/lib/domain/projection/figures';
import { listHotTimes } from '@/lib/domain/projection/hot-times';
import { startOf } from '@/lib/domain/projection/snapshot';
import { type SpreadPoint, spreadOverTime } from '@/lib/domain/projection/spread-history';
import { keyOfTarget, readCpuHistory } from '@/lib/readings/cpu-history';
import type { Part } from '@/lib/readings/placing-rules';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
import { clusterOf } from './joined';
import type { ReadingSet } from './reading-set';
import { targetsByHost } from './review-readings';
import { partOf, takeOf } from './take-of';

/** CPU of the hosts over time: its spread, and which hosts were hot when. */

export type LoadHistory = { spread: SpreadPoint[]; hot: ReturnType<typeof listHotTimes> };

/** Points in a chart, for as many hosts as this; with more hosts there are fewer points, since each costs Prometheus the same. */
const POINTS = 96;
const POINTS_FOR_HOSTS = 200;
const LEAST_POINTS = 24;
/** The page is there without it. */
const PATIENCE_MS = 4 * SECOND_MS;

/** @param readings with inventory and load @param spanMs whole hours */
export async function takeLoadHistory(readings: ReadingSet, spanMs: number): Promise<Part<LoadHistory>> {
  const cluster = clusterOf(readings);
  const { load } = readings.sources;
  const points = Math.max(LEAST_POINTS, Math.round(POINTS * Math.min(1, POINTS_FOR_HOSTS / cluster.hosts.length)));
  const stepMs = Math.max(5 * MINUTE_MS, Math.ceil(spanMs / points / MINUTE_MS) * MINUTE_MS);
  const taken = await takeOf(readings, {
    name: `cpu-history ${spanMs / HOUR_MS}`,
    source: 'prometheus',
    ttlMs: 10 * MINUTE_MS,
    patienceMs: { refresh: SECOND_MS, first: PATIENCE_MS },
    load: () => readCpuHistory(load, { now: Date.now(), spanMs, stepMs }),
  });
  const { value, reason } = partOf(taken);
  if (value === null) return { value, reason };
  const targets = targetsByHost(readings);
  const counted = [...startOf(cluster).values()].filter(counts).map(({ host }) => host.name);
  const histories = new Map(
    counted.flatMap((host) => {
      const target = targets.get(host);
      const points = target && value.byTarget[keyOfTarget(target)];
      return points ? [[host, points] as const] : [];
    }),
  );
  if (histories.size === 0) return { value: null, reason: 'No exporter reports the hosts over time.' };
  const { cpu } = readings.settings.limits;
  return {
    value: { spread: spreadOverTime(histories, value.times, cpu), hot: listHotTimes(histories, cpu) },
    reason: null,
  };
}
