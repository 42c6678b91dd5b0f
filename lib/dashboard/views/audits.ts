import 'server-only';
import type { AuditDetail, AuditList } from '@/lib/contract/v1/audits';
import { strategyOf } from '@/lib/domain/plans/audit-case';
import { describeAudit, summarizeAudit } from '@/lib/domain/projection/audits';
import { openYield } from '@/lib/yield';
import { auditCasesOf, clusterOf, findCase, planViewOf } from '../collect/joined';
import { type ReadingSet, readingStates, takeReadings } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { planDrift, planEffect, planOutcome } from './outcomes';
import { asView, orNothing, type View } from './view';

/** The audits, as pages show them and the typed API encodes them. */

export type AuditQuery = {
  limit: number;
  offset: number;
  state?: string;
  goal?: string;
  strategy?: string;
  type?: string;
};

/** @throws SourceError of Watcher if nothing is known about audits */
export async function viewAuditList(
  readings: ReadingSet,
  { limit, offset, state, goal, strategy, type }: AuditQuery,
): Promise<AuditList> {
  const wants = (wanted: string | undefined, value: string | null) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  const matching = auditCasesOf(readings).filter(
    (auditCase) =>
      wants(state, auditCase.audit.state) &&
      wants(goal, auditCase.audit.goal) &&
      wants(strategy, strategyOf(auditCase)) &&
      wants(type, auditCase.audit.type),
  );
  const yieldIfDue = openYield();
  const audits: AuditList['audits'] = [];
  // Effects take some milliseconds each, so they are computed for the listed audits only.
  for (const auditCase of matching.slice(offset, offset + limit)) {
    audits.push(summarizeAudit(auditCase, planEffect(readings, auditCase)));
    await yieldIfDue();
  }
  return {
    audits,
    total: matching.length,
    limit,
    offset,
    readings: readingStates(readings),
  };
}

/** One audit by id or name; null if there is none. @throws SourceError of Watcher if nothing is known about audits */
export function viewAudit(readings: ReadingSet, id: string): AuditDetail | null {
  const found = findCase(readings, id);
  if (!found) return null;
  const findings = {
    view: planViewOf(readings, found),
    effect: planEffect(readings, found),
    outcome: planOutcome(readings, found),
    drift: planDrift(readings, found),
  };
  return { ...describeAudit(found, findings, clusterOf(readings)), readings: readingStates(readings) };
}

export const readAuditList = (region: RegionId, query: AuditQuery): Promise<View<AuditList>> =>
  asView(async () => viewAuditList(await takeReadings(region, ALL_READINGS), query));

/** null if there is no such audit. */
export const readAuditDetail = (region: RegionId, id: string): Promise<View<AuditDetail> | null> =>
  orNothing(async () => viewAudit(await takeReadings(region, ALL_READINGS), id));
