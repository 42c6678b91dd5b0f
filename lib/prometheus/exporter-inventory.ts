import { groupBy } from './group-by';
import type { Metrics } from './metrics';
import { QUERIES } from './queries';
import type { ExporterInventory } from './records';
import { lookback } from './settings';

/**
 * Placement's numbers from an openstack-exporter, one row per host and resource class in native units. The ratio is rounded
 * to four decimals, because the exporter passes it through a 32-bit float. Rows with a missing number are left out.
 *
 * @throws SourceError of Prometheus
 */
export async function listExporterInventories({
  prometheus,
  settings,
  exporters,
}: Metrics): Promise<ExporterInventory[]> {
  if (!exporters.openstack) return [];
  const query = QUERIES.placement(settings, lookback(exporters.openstackIntervalSeconds));
  const rows = groupBy(await prometheus.query(query), ({ labels }) =>
    JSON.stringify([labels.hostname, labels.resourcetype]),
  );
  return [...rows.values()].flatMap((samples): ExporterInventory[] => {
    const value = (measure: string) => samples.find(({ labels }) => labels.m === measure)?.value ?? null;
    const { hostname = '', resourcetype = '' } = samples[0]?.labels ?? {};
    const [total, reserved, ratio, used] = [value('total'), value('reserved'), value('ratio'), value('used')];
    if (total === null || reserved === null || ratio === null || used === null) return [];
    // In Placement none is negative, and all except the ratio are whole numbers.
    if ([total, reserved, used].some((amount) => amount < 0 || !Number.isInteger(amount)) || ratio < 0) return [];
    return [
      {
        hypervisorHostname: hostname,
        resourceClass: resourcetype,
        total,
        reserved,
        allocationRatio: Math.round(ratio * 1e4) / 1e4,
        used,
      },
    ];
  });
}
