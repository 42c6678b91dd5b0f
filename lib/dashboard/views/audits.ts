import 'server-only';
import type { AuditDetail, AuditList } from '@/lib/contract/v1/audits';
import { strategyOf } from '@/lib/domain/plans/audit-case';
import { describeAudit, summarizeAudit } from '@/lib/domain/projection/audits';
import { openYield } from '@/lib/yield';
import { auditCasesOf, clusterOf, planViewOf } from '../collect/joined';
import { describeReadings, type Moment, takeMoment } from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { driftOf, effectFor, outcomeOf } from './outcomes';
import { asView, orNothing, type View } from './view';

/** The audits, as pages show them and the typed API encodes them. */

export type Page = { limit: number; offset: number };

export type AuditQuery = Page & { state?: string; goal?: string; strategy?: string; type?: string };

/** @throws SourceError of Watcher where there are no audits to know of */
export async function viewAuditList(
  moment: Moment,
  { limit, offset, state, goal, strategy, type }: AuditQuery,
): Promise<AuditList> {
  const wants = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  const matching = auditCasesOf(moment).filter(
    (auditCase) =>
      wants(state, auditCase.audit.state) &&
      wants(goal, auditCase.audit.goal) &&
      wants(strategy, strategyOf(auditCase)) &&
      wants(type, auditCase.audit.type),
  );
  const yieldIfDue = openYield();
  const audits: AuditList['audits'] = [];
  // What a plan changes is worked out for those that are listed only, some milliseconds for each.
  for (const auditCase of matching.slice(offset, offset + limit)) {
    audits.push(summarizeAudit(auditCase, effectFor(moment, auditCase)));
    await yieldIfDue();
  }
  return {
    audits,
    total: matching.length,
    limit,
    offset,
    readings: describeReadings(moment),
  };
}

/** One audit by its id or name; null where there is none. @throws SourceError of Watcher where there is nothing to know */
export function viewAudit(moment: Moment, id: string): AuditDetail | null {
  const found = auditCasesOf(moment).find(({ audit }) => audit.id === id || audit.name === id);
  if (!found) return null;
  const findings = {
    view: planViewOf(moment, found),
    effect: effectFor(moment, found),
    outcome: outcomeOf(moment, found),
    drift: driftOf(moment, found),
  };
  return { ...describeAudit(found, findings, clusterOf(moment)), readings: describeReadings(moment) };
}

export const readAuditList = (query: AuditQuery): Promise<View<AuditList>> =>
  asView(async () => viewAuditList(await takeMoment(ALL_READINGS), query));

/** null if there is no such audit. */
export const readAuditDetail = (id: string): Promise<View<AuditDetail> | null> =>
  orNothing(async () => viewAudit(await takeMoment(ALL_READINGS), id));
