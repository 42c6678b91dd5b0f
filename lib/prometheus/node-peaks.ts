import { HOUR_MS, MINUTE_MS } from '../units';
import { labelKey, narrowest } from './labels';
import type { Metrics } from './metrics';
import { identityLabels, NODE_QUERIES } from './node-queries';
import { fitsAddress } from './promql';
import { nodeWindow } from './settings';

/** How far back to look for a peak, and the length of the means it is the highest of. */
const PEAK_SPAN_MS = 24 * HOUR_MS;
const PEAK_MEAN_MS = 30 * MINUTE_MS;

/** Targets per query; each makes Prometheus read a day of samples for all its CPUs. */
const TARGETS_PER_QUERY = 25;

/**
 * The highest busy share (0 to 1) of each target in the last day, by `labelKey` of its labels. Queries run one after the other
 * to leave Prometheus time for other work. Targets without measurements are absent.
 *
 * @param targets all labels of each target, as returned by `listNodeTargets`
 * @throws SourceError of Prometheus
 */
export async function listNodePeaks(metrics: Metrics, targets: Record<string, string>[]): Promise<Map<string, number>> {
  const { prometheus, settings, exporters } = metrics;
  const peaks = new Map<string, number>();
  if (exporters.hosts === null) return peaks;
  const recorded = exporters.hosts === 'recording-rules';
  const names = identityLabels(metrics);
  const spans = { spanMs: PEAK_SPAN_MS, stepMs: Math.max(PEAK_MEAN_MS, nodeWindow(settings, exporters)) };
  const toQuery = (part: Record<string, string>[]) =>
    recorded
      ? NODE_QUERIES.recordedMostBusy(metrics, narrowest(part, names), PEAK_SPAN_MS)
      : NODE_QUERIES.leastIdle(metrics, narrowest(part, names), spans);
  const isTooLong = (part: Record<string, string>[]) =>
    prometheus.takesLongQueries() ? false : !fitsAddress(toQuery(part));
  for (let at = 0, size = TARGETS_PER_QUERY; at < targets.length; at += size) {
    size = TARGETS_PER_QUERY;
    while (size > 1 && isTooLong(targets.slice(at, at + size))) size = Math.ceil(size / 2);
    for (const { labels, value } of await prometheus.query(toQuery(targets.slice(at, at + size)))) {
      if (value === null) continue;
      const own = Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
      peaks.set(labelKey(own), Math.min(1, Math.max(0, recorded ? value : 1 - value)));
    }
  }
  return peaks;
}
