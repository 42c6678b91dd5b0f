import { HOUR_MS, MINUTE_MS } from '../units';
import type { Metrics } from './metrics';
import { fitsAddress } from './promql';
import { QUERIES } from './queries';
import { nodeWindow } from './settings';

/** How far back to look for a peak, and the length of the means it is the highest of. */
const PEAK_SPAN_MS = 24 * HOUR_MS;
const PEAK_MEAN_MS = 30 * MINUTE_MS;

/** Targets per query; each makes Prometheus read a day of samples for all its CPUs. */
const TARGETS_PER_QUERY = 25;

/**
 * The highest busy share (0 to 1) of each target in the last day, by its label `instance`. Queries run one after the other
 * to leave Prometheus time for other work. Targets without measurements are absent.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodePeaks(
  { prometheus, settings, exporters }: Metrics,
  instances: string[],
): Promise<Map<string, number>> {
  const peaks = new Map<string, number>();
  if (exporters.hosts === null) return peaks;
  const recorded = exporters.hosts === 'recording-rules';
  const mean = Math.max(PEAK_MEAN_MS, nodeWindow(settings, exporters));
  const toQuery = (part: string[]) =>
    recorded
      ? QUERIES.recordedMostBusy(settings, part, PEAK_SPAN_MS)
      : QUERIES.leastIdle(settings, part, PEAK_SPAN_MS, mean);
  for (let at = 0, size = TARGETS_PER_QUERY; at < instances.length; at += size) {
    size = TARGETS_PER_QUERY;
    while (size > 1 && !fitsAddress(toQuery(instances.slice(at, at + size)))) size = Math.ceil(size / 2);
    for (const { labels, value } of await prometheus.query(toQuery(instances.slice(at, at + size)))) {
      if (value === null) continue;
      const busy = Math.min(1, Math.max(0, recorded ? value : 1 - value));
      const instance = labels.instance ?? '';
      peaks.set(instance, Math.max(busy, peaks.get(instance) ?? 0));
    }
  }
  return peaks;
}
