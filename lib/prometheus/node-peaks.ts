import { HOUR_MS, MINUTE_MS } from '../units';
import type { Prometheus } from './client';
import { fitsAddress } from './promql';
import { QUERIES } from './queries';
import type { ExporterSet } from './records';
import { type MetricSettings, nodeWindow } from './settings';

/** How far back a peak is looked for, and over which time its mean is taken; ms. */
const PEAK_SPAN_MS = 24 * HOUR_MS;
const PEAK_MEAN_MS = 30 * MINUTE_MS;

/** So many targets in one question: a day of all CPUs of these is what Prometheus reads at once. */
const AT_ONCE = 25;

/**
 * The greatest busy share (0 to 1) of each target within the last day, by its label `instance`. Asked part by part, one
 * after the other, so that Prometheus has other work done meanwhile. A target without measurements is absent.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodePeaks(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
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
  for (let at = 0, size = AT_ONCE; at < instances.length; at += size) {
    size = AT_ONCE;
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
