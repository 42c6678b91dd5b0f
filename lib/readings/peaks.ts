import { labelKey } from '@/lib/prometheus/labels';
import { listNodePeaks } from '@/lib/prometheus/node-peaks';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { LoadReader } from './load';

/** The highest CPU usage of hosts in the last day, in percent, by host. Hosts without measurements are absent. */
type Peaks = Record<string, number>;

/** @param targets the target of each host @throws SourceError of Prometheus */
export async function readPeaks(load: LoadReader, targets: Map<string, NodeTarget>): Promise<Peaks> {
  const measurable = [...targets].filter(([, { cpuGap }]) => cpuGap !== 'no-idle-mode');
  const shares = await listNodePeaks(
    await load.metrics(),
    measurable.map(([, { labels }]) => labels),
  );
  return Object.fromEntries(
    measurable.flatMap(([host, { labels }]) => {
      const share = shares.get(labelKey(labels));
      return share === undefined ? [] : [[host, 100 * share]];
    }),
  );
}
