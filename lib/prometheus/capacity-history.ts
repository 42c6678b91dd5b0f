import type { Metrics } from './metrics';
import type { TimeGrid } from './node-history';
import { inBatches, matching, named, newest, oneOf, union } from './promql';
import { lookback, type MetricSettings } from './settings';

/** What Placement counted of some hosts together at one time, in the native unit of the class. */
export type CapacityPoint = { at: number; resourceClass: string; used: number; capacity: number };

const BY_HOST = 'by (hostname,resourcetype)';
const CLASSES = 'resourcetype=~"VCPU|PCPU|MEMORY_MB"';
/** A scrape that fails now and then must not look like a host that was away. */
const LEAST_LOOKBACK_MS = 15 * 60_000;

/**
 * Allocation and capacity over time from an openstack-exporter, summed over these hosts. Replicas of an exporter count once.
 * Times at which an exporter did not report are absent.
 *
 * @param hostnames as resource providers are called
 * @throws SourceError of Prometheus
 */
export async function listCapacityHistory(
  { prometheus, settings, exporters }: Metrics,
  hostnames: string[],
  grid: TimeGrid,
): Promise<CapacityPoint[]> {
  if (!exporters.openstack) return [];
  const back = Math.max(lookback(exporters.openstackIntervalSeconds) ?? 0, LEAST_LOOKBACK_MS);
  const toQuery = (hosts: string[]) => historyQuery(settings, hosts, back);
  const batches = inBatches(hostnames, toQuery);
  const sums = new Map<string, CapacityPoint & { batches: number }>();
  // One after the other: they are long, and nobody waits for them.
  for (const hosts of batches) {
    for (const point of joinMeasures(await prometheus.queryRange(toQuery(hosts), grid))) {
      const key = `${point.at} ${point.resourceClass}`;
      const sum = sums.get(key) ?? { ...point, used: 0, capacity: 0, batches: 0 };
      sum.used += point.used;
      sum.capacity += point.capacity;
      sum.batches += 1;
      sums.set(key, sum);
    }
  }
  return [...sums.values()]
    .filter((sum) => sum.batches === batches.length)
    .map(({ at, resourceClass, used, capacity }) => ({ at, resourceClass, used, capacity }))
    .sort((a, b) => a.at - b.at);
}

/** m: used, and capacity as floor((total - reserved) * ratio) of each host, as `inventoryCapacity` does it. */
function historyQuery({ selectors }: MetricSettings, hostnames: string[], lookbackMs: number): string {
  const most = (metric: string) => {
    const series = `openstack_placement_resource_${metric}${matching(oneOf('hostname', hostnames), CLASSES, selectors.openstack)}`;
    return `max ${BY_HOST} (${newest(series, lookbackMs)})`;
  };
  const base = `clamp_min(${most('total')} - ${most('reserved')},0)`;
  const capacity = `floor(${base} * round(${most('allocation_ratio')},0.0001) + 0.000001)`;
  const sum = (expression: string) => `sum by (resourcetype) (${expression})`;
  return union(named('used', sum(most('usage'))), named('capacity', sum(capacity)));
}

type Series = { labels: Record<string, string>; points: { at: number; value: number | null }[] };

function joinMeasures(series: Series[]): CapacityPoint[] {
  const measure = (name: string) =>
    new Map(
      series
        .filter(({ labels }) => labels.m === name)
        .flatMap(({ labels, points }) =>
          points.map(({ at, value }) => [`${at} ${labels.resourcetype}`, { at, value }] as const),
        ),
    );
  const used = measure('used');
  return [...measure('capacity')].flatMap(([key, { at, value: capacity }]) => {
    const of = used.get(key)?.value ?? null;
    const resourceClass = key.slice(String(at).length + 1);
    return of === null || capacity === null || of < 0 || capacity < 0
      ? []
      : [{ at, resourceClass, used: of, capacity }];
  });
}
