import { nonNegative } from './answer';
import type { Metrics } from './metrics';
import { QUERIES } from './queries';
import type { NodeHistoryPoint } from './records';
import { lookback, nodeWindow } from './settings';

/** Times in ms, including both ends; all are whole multiples of the step, at which every server evaluates. */
export type TimeGrid = { start: number; end: number; step: number };

/** A grid that ends less than one step before `now`. */
export function gridUntil(now: number, spanMs: number, stepMs: number): TimeGrid {
  const end = Math.floor(now / stepMs) * stepMs;
  return { start: end - spanMs, end, step: stepMs };
}

/**
 * One target over time, one point per time in the grid, oldest first. CPU is the mean since the previous point, or over the
 * normal window if that is longer, so that no busy minute is missed.
 *
 * @param labels all of the target's labels, as returned by `listNodeTargets`
 * @throws SourceError of Prometheus
 */
export async function listNodeHistory(
  { prometheus, settings, exporters }: Metrics,
  labels: Record<string, string>,
  grid: TimeGrid,
): Promise<NodeHistoryPoint[]> {
  if (exporters.hosts === null) return emptyHistory(grid);
  const recorded = exporters.hosts === 'recording-rules';
  const window = Math.max(nodeWindow(settings, exporters), grid.step);
  const query = recorded
    ? QUERIES.recordedHistory(settings, labels)
    : QUERIES.nodeHistory(settings, labels, window, lookback(exporters.nodeIntervalSeconds));
  const measures = new Map<string, Map<number, number | null>>();
  for (const { labels: own, points } of await prometheus.queryRange(query, grid)) {
    measures.set(own.m ?? '', new Map(points.map(({ at, value }) => [at, value])));
  }
  const valueAt = (measure: string, at: number) => measures.get(measure)?.get(at) ?? null;
  return emptyHistory(grid).map(({ at }) => {
    const busy = valueAt('busy', at);
    const total = valueAt('mem_total', at);
    // After a target stops, its rates continue for one window but its memory does not.
    const idle = recorded ? (busy === null ? null : 1 - busy) : total === null ? null : valueAt('idle', at);
    return {
      at,
      idleShare: idle === null ? null : Math.min(1, Math.max(0, idle)),
      memoryTotalBytes: nonNegative(total),
      memoryAvailableBytes: nonNegative(valueAt('mem_avail', at)),
    };
  });
}

export function emptyHistory({ start, end, step }: TimeGrid): NodeHistoryPoint[] {
  return Array.from({ length: Math.round((end - start) / step) + 1 }, (_, position) => ({
    at: start + position * step,
    idleShare: null,
    memoryTotalBytes: null,
    memoryAvailableBytes: null,
  }));
}
