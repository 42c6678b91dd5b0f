import { listNodePeaks } from '@/lib/prometheus/node-peaks';
import type { LoadReader } from './load';

/** The highest CPU usage of hosts in the last day, in percent, by the `instance` of their exporter. */
type Peaks = Record<string, number>;

/** @throws SourceError of Prometheus */
export async function readPeaks(load: LoadReader, instances: string[]): Promise<Peaks> {
  const shares = await listNodePeaks(await load.metrics(), instances);
  return Object.fromEntries([...shares].map(([instance, share]) => [instance, 100 * share]));
}
