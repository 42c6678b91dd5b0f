import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterInventory, ExporterSet } from './records';
import type { MetricSettings } from './settings';

/** One host and class; the measures are filled in as their rows come. */
type Row = {
  hostname: string;
  resourceClass: string;
  total?: number;
  reserved?: number;
  ratio?: number;
  used?: number;
};

/** An instant query looks back five minutes; scraped less often, the series would flicker. */
const LOOKBACK_SECONDS = 240;

/**
 * Placement's numbers as an openstack-exporter repeats them, a row for each host and resource class. The ratio comes rounded
 * to four decimals: the exporter passes it through a 32-bit float.
 *
 * @throws SourceError of Prometheus
 */
export async function listExporterInventories(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
): Promise<ExporterInventory[]> {
  const interval = exporters.openstackIntervalSeconds;
  const lookback = interval !== null && interval > LOOKBACK_SECONDS ? 3 * interval * 1000 : null;
  const rows = new Map<string, Row>();
  for (const { labels, value } of await prometheus.query(QUERIES.placement(settings, lookback))) {
    const { hostname = '', resourcetype: resourceClass = '', m: measure = '' } = labels;
    const key = JSON.stringify([hostname, resourceClass]);
    const row = rows.get(key) ?? { hostname, resourceClass };
    if (value !== null) Object.assign(row, { [measure]: value });
    rows.set(key, row);
  }
  return [...rows.values()].flatMap((row): ExporterInventory[] => {
    const { hostname, resourceClass, total, reserved = 0, ratio = 1, used } = row;
    if (total === undefined || used === undefined) return [];
    return [
      {
        hypervisorHostname: hostname,
        resourceClass,
        total,
        reserved,
        allocationRatio: Math.round(ratio * 1e4) / 1e4,
        used,
      },
    ];
  });
}
