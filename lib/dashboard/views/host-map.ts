import 'server-only';
import { z } from 'zod';
import { type HostMap, hostColumnsSchema, hostsAfterSchema } from '@/lib/contract/v1/host-map';
import { summarizePhysical } from '@/lib/domain/cluster/overview';
import { listColumns, projectColumns } from '@/lib/domain/projection/host-map';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { describeReadings, type Moment, need, takeMoment, whyMissing } from '../collect/moment';
import { ALL_READINGS, CAPACITY_READINGS } from '../collect/readings';
import { withinOrNull } from '../process/waiting';
import { asView, type View } from './view';

/** The map of hosts. */

/** Nothing of the hosts waits longer for a plan; without one the browser asks for it. */
const PATIENCE_MS = 60;

/**
 * Every host in a few numbers, with the plan of the named audit, or the newest, where that is known soon. Rounded as the
 * API would round it.
 *
 * @param chosen id or name of an audit
 */
export const readHostMap = (chosen: string | undefined): Promise<View<HostMap>> =>
  asView(async () => {
    const all = takeMoment(ALL_READINGS);
    const [hosts, whole] = await Promise.all([takeMoment(CAPACITY_READINGS), withinOrNull(all, PATIENCE_MS)]);
    return viewHostMap(whole ?? hosts, chosen);
  });

/** @throws SourceError of Nova where there is no inventory */
export function viewHostMap(moment: Moment, chosen: string | undefined): HostMap {
  need(moment, 'inventory');
  const cluster = clusterOf(moment);
  const hosts = z.encode(hostColumnsSchema, listColumns(cluster));
  const physical = summarizePhysical(cluster, 'cpu', null, whyMissing(moment.load));
  return {
    hosts,
    used_percentage: physical.used_percentage,
    reason: physical.reason,
    after: viewAfter(moment, hosts.names, chosen),
    awaited: moment.optimizer === null,
    readings: describeReadings(moment),
  };
}

function viewAfter(moment: Moment, names: string[], chosen: string | undefined): HostMap['after'] {
  if (!moment.optimizer?.value || moment.planLoad === null) return null;
  const cases = auditCasesOf(moment);
  const found = cases.find(({ audit }) => audit.id === chosen || audit.name === chosen) ?? cases[0];
  return found ? z.encode(hostsAfterSchema, projectColumns(names, found, planViewOf(moment, found))) : null;
}
