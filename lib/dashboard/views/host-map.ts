import 'server-only';
import { z } from 'zod';
import { type HostMap, hostColumnsSchema, hostsAfterSchema } from '@/lib/contract/v1/host-map';
import { listColumns } from '@/lib/domain/cluster/host-columns';
import { summarizePhysical } from '@/lib/domain/cluster/overview';
import { projectColumns } from '@/lib/domain/projection/host-map';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { need, type ReadingSet, readingStates, takeReadings, whyMissing } from '../collect/reading-set';
import { ALL_READINGS, CAPACITY_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { asView, type View } from './view';

/** The map waits no longer than this for a plan; without one, the browser asks for it. */
const PATIENCE_MS = 60;

/**
 * Every host in a few numbers, rounded as in the API, with the plan of an audit if that is known soon.
 *
 * @param chosen id or name of the audit; otherwise the newest is used
 */
export const readHostMap = (region: RegionId, chosen: string | undefined): Promise<View<HostMap>> =>
  asView(async () => {
    const all = takeReadings(region, ALL_READINGS);
    const [hosts, whole] = await Promise.all([takeReadings(region, CAPACITY_READINGS), withinOrNull(all, PATIENCE_MS)]);
    return viewHostMap(whole ?? hosts, chosen);
  });

/** @throws SourceError of Nova without an inventory */
function viewHostMap(readings: ReadingSet, chosen: string | undefined): HostMap {
  need(readings, 'inventory');
  const cluster = clusterOf(readings);
  const hosts = z.encode(hostColumnsSchema, listColumns(cluster));
  const physical = summarizePhysical(cluster, 'cpu', { measuredBy: null, failure: whyMissing(readings.load) });
  return {
    hosts,
    used_percentage: physical.used_percentage,
    reason: physical.reason,
    after: viewAfter(readings, hosts.names, chosen),
    awaited: readings.optimizer === null,
    readings: readingStates(readings),
  };
}

function viewAfter(readings: ReadingSet, names: string[], chosen: string | undefined): HostMap['after'] {
  if (!readings.optimizer?.value || readings.planLoad === null) return null;
  const cases = auditCasesOf(readings);
  const found = cases.find(({ audit }) => audit.id === chosen || audit.name === chosen) ?? cases[0];
  if (!found) return null;
  const { migrations, projection } = planViewOf(readings, found);
  const after = projectColumns(names, {
    audit: found.audit,
    planState: found.shown?.state ?? null,
    migrations: migrations.length,
    projection,
  });
  return z.encode(hostsAfterSchema, after);
}
