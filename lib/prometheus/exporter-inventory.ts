import { groupBy } from '@/lib/group-by';
import type { Metrics } from './metrics';
import { QUERIES } from './queries';
import type { ExporterInventory, ExporterReading, Sample } from './records';
import { lookback } from './settings';

/**
 * Placement's numbers from an openstack-exporter, one row per host and resource class in native units. The ratio is rounded
 * to four decimals, because the exporter passes it through a 32-bit float. Rows with a missing number are left out, and hosts
 * that exporters of two clouds seem to report.
 *
 * @throws SourceError of Prometheus
 */
export async function listExporterInventories({ prometheus, settings, exporters }: Metrics): Promise<ExporterReading> {
  if (!exporters.openstack) return { rows: [], disputed: [] };
  const query = QUERIES.placement(settings, lookback(exporters.openstackIntervalSeconds));
  const groups = groupBy(await prometheus.query(query), ({ labels }) =>
    JSON.stringify([labels.hostname, labels.resourcetype]),
  );
  const rows = [...groups.values()].map(toRow);
  const disputed = disputedHosts(rows);
  return {
    rows: rows.flatMap(({ inventory }) =>
      inventory === null || disputed.has(inventory.hypervisorHostname) ? [] : [inventory],
    ),
    disputed: [...disputed].sort(),
  };
}

/** One host and resource class; whether exporters disagree about what it offers, or about what is used of it. */
type Row = { hostname: string; inventory: ExporterInventory | null; offersDiffer: boolean; usesDiffer: boolean };

/** Exporters of one cloud read it at different moments, so that they disagree about what is used of a few hosts at a time. */
const MOST_AT_A_TIME = 0.2;

function disputedHosts(rows: Row[]): Set<string> {
  const moving = rows.filter(({ usesDiffer }) => usesDiffer);
  const areTwoClouds = moving.length > MOST_AT_A_TIME * rows.length;
  return new Set(
    rows.filter((row) => row.offersDiffer || (areTwoClouds && row.usesDiffer)).map(({ hostname }) => hostname),
  );
}

function toRow(samples: Sample[]): Row {
  const value = (measure: string) => samples.find(({ labels }) => labels.m === measure)?.value ?? null;
  const { hostname = '', resourcetype = '' } = samples[0]?.labels ?? {};
  const [total, reserved, exactRatio, used] = [value('total'), value('reserved'), value('ratio'), value('used')];
  const ratio = exactRatio === null ? null : rounded(exactRatio);
  const leastRatio = value('ratio_least');
  const row = {
    hostname,
    offersDiffer:
      value('total_least') !== null ||
      value('reserved_least') !== null ||
      (leastRatio !== null && rounded(leastRatio) !== ratio),
    usesDiffer: value('used_least') !== null,
  };
  if (total === null || reserved === null || ratio === null || used === null) return { ...row, inventory: null };
  // In Placement none is negative, and all except the ratio are whole numbers.
  const isPossible = [total, reserved, used].every((amount) => amount >= 0 && Number.isInteger(amount)) && ratio >= 0;
  const inventory = { hypervisorHostname: hostname, resourceClass: resourcetype, total, reserved, used };
  return { ...row, inventory: isPossible ? { ...inventory, allocationRatio: ratio } : null };
}

const rounded = (ratio: number): number => Math.round(ratio * 1e4) / 1e4;
