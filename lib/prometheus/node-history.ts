import { nonNegative } from './answer';
import type { Metrics } from './metrics';
import { NODE_QUERIES } from './node-queries';
import type { NodeHistoryPoint } from './records';
import { nodeWindow } from './settings';

/** Times in ms, including both ends; all are whole multiples of the step, at which every server evaluates. */
export type TimeGrid = { start: number; end: number; step: number };

/** A grid that ends less than one step before `now`. */
export function gridUntil(now: number, spanMs: number, stepMs: number): TimeGrid {
  const end = Math.floor(now / stepMs) * stepMs;
  return { start: end - spanMs, end, step: stepMs };
}

/** Every time of a grid, the oldest first. */
export const timesOf = ({ start, end, step }: TimeGrid): number[] =>
  Array.from({ length: Math.round((end - start) / step) + 1 }, (_, position) => start + position * step);

/**
 * One target over time, one point per time in the grid, oldest first. CPU is the mean since the previous point, or over the
 * normal window if that is longer, so that no busy minute is missed; null for windows in which the machine restarted.
 *
 * @param labels all of the target's labels, as returned by `listNodeTargets`
 * @throws SourceError of Prometheus
 */
export async function listNodeHistory(
  metrics: Metrics,
  labels: Record<string, string>,
  grid: TimeGrid,
): Promise<NodeHistoryPoint[]> {
  const { prometheus, settings, exporters } = metrics;
  if (exporters.hosts === null) return emptyHistory(grid);
  const recorded = exporters.hosts === 'recording-rules';
  const query = recorded
    ? NODE_QUERIES.recordedHistory(metrics, labels)
    : NODE_QUERIES.history(metrics, labels, Math.max(nodeWindow(settings, exporters), grid.step));
  const measures = new Map<string, Map<number, number | null>>();
  for (const { labels: own, points } of await prometheus.queryRange(query, grid)) {
    measures.set(own.__name__ ?? own.m ?? '', new Map(points.map(({ at, value }) => [at, value])));
  }
  const valueAt = (measure: string, at: number) => measures.get(measure)?.get(at) ?? null;
  return emptyHistory(grid).map(({ at }) => {
    const busy = valueAt('busy', at);
    // After a target stops, its rates continue for one window but its counters do not.
    const isComplete = valueAt('modes', at) === settings.idleModes.length;
    const idle = recorded ? (busy === null ? null : 1 - busy) : isComplete ? valueAt('idle', at) : null;
    return {
      at,
      idleShare: idle === null ? null : Math.min(1, Math.max(0, idle)),
      memoryTotalBytes: nonNegative(valueAt('node_memory_MemTotal_bytes', at)),
      memoryAvailableBytes: nonNegative(valueAt('node_memory_MemAvailable_bytes', at)),
    };
  });
}

export function emptyHistory(grid: TimeGrid): NodeHistoryPoint[] {
  return timesOf(grid).map((at) => ({
    at,
    idleShare: null,
    memoryTotalBytes: null,
    memoryAvailableBytes: null,
  }));
}
