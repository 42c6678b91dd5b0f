import { atLeastNone } from './answer';
import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterSet, NodeMoment } from './records';
import { lookback, type MetricSettings, nodeWindow } from './settings';

/** Times in ms, both ends included; whole multiples of the step, where every server evaluates. */
export type TimeGrid = { start: number; end: number; step: number };

/** At most one step old: the times of a grid that ends now. */
export function gridUntil(now: number, spanMs: number, stepMs: number): TimeGrid {
  const end = Math.floor(now / stepMs) * stepMs;
  return { start: end - spanMs, end, step: stepMs };
}

/**
 * One target over time, a moment for each time of the grid, oldest first. CPU is the mean since the time before, or over the
 * usual window where that is longer, so that no busy minute is left out.
 *
 * @param labels all of the target's, as `listNodeTargets` gives them
 * @throws SourceError of Prometheus
 */
export async function listNodeHistory(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  labels: Record<string, string>,
  grid: TimeGrid,
): Promise<NodeMoment[]> {
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
    // Rates live on for a window after the target has stopped; its memory does not.
    const idle = recorded ? (busy === null ? null : 1 - busy) : total === null ? null : valueAt('idle', at);
    return {
      at,
      idleShare: idle === null ? null : Math.min(1, Math.max(0, idle)),
      memoryTotalBytes: atLeastNone(total),
      memoryAvailableBytes: atLeastNone(valueAt('mem_avail', at)),
    };
  });
}

export function emptyHistory({ start, end, step }: TimeGrid): NodeMoment[] {
  return Array.from({ length: Math.round((end - start) / step) + 1 }, (_, position) => ({
    at: start + position * step,
    idleShare: null,
    memoryTotalBytes: null,
    memoryAvailableBytes: null,
  }));
}
