import { yieldIfDue } from '../yield';
import type { Metrics } from './metrics';
import type { TimeGrid } from './node-history';
import { identityLabels, NODE_QUERIES } from './node-queries';
import { nodeWindow } from './settings';

/** One target over time; `busy` is the share of its CPUs in use, 0 to 1. */
export type CpuHistory = { labels: Record<string, string>; points: { at: number; busy: number }[] };

/**
 * CPU of all targets over time, the mean of the normal window at each time. Where a machine restarted, the rate of the window is
 * too low, so that such a point may say more than was used.
 *
 * @throws SourceError of Prometheus
 */
export async function listCpuHistory(metrics: Metrics, grid: TimeGrid): Promise<CpuHistory[]> {
  const { prometheus, settings, exporters } = metrics;
  if (exporters.hosts === null) return [];
  const names = new Set(identityLabels(metrics));
  const isRecorded = exporters.hosts === 'recording-rules';
  const query = NODE_QUERIES.allOverTime(metrics, nodeWindow(settings, exporters));
  const all: CpuHistory[] = [];
  for (const { labels, points } of await prometheus.queryRange(query, grid)) {
    await yieldIfDue();
    all.push({
      labels: Object.fromEntries(Object.entries(labels).filter(([name]) => names.has(name))),
      points: points.flatMap(({ at, value }) => {
        if (value === null) return [];
        return [{ at, busy: Math.min(1, Math.max(0, isRecorded ? value : 1 - value)) }];
      }),
    });
  }
  return all;
}
