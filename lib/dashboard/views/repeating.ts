import 'server-only';
import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import { describeResuming, describeSuspending } from '@/lib/domain/acts/audit-acts';
import { listLeft } from '@/lib/domain/audit-form/left-plans';
import { byGravity, describeRepeating, isRepeating, summaryOf, titleOf } from '@/lib/domain/audit-form/register';
import { countEngines } from '../collect/form-facts';
import { auditCasesOf } from '../collect/joined';
import { need, type ReadingSet, readingStates } from '../collect/reading-set';
import type { ReadingName } from '../collect/reading-values';
import { takeWatcherHealth } from '../collect/review-readings';
import { takeStartedMoves } from '../collect/started-moves';
import { takeSuspensions } from '../collect/suspensions';

export const OF_REPEATING: ReadingName[] = ['optimizer', 'inventory', 'migrations'];

/**
 * Audits that run by themselves.
 *
 * @param readings with OF_REPEATING
 * @throws SourceError of Watcher if nothing is known about audits
 */
export async function viewRepeating(readings: ReadingSet): Promise<RepeatingAudits> {
  const now = Date.now();
  const all = auditCasesOf(readings);
  const cases = all.filter(({ audit }) => isRepeating(audit, now));
  const [moves, suspensions, { value: health }] = await Promise.all([
    takeStartedMoves(readings, cases, now),
    takeSuspensions(
      readings.region,
      cases.map(({ audit }) => audit),
    ),
    takeWatcherHealth(readings),
  ]);
  const engines = countEngines(health?.services);
  const taken = new Set(all.map(({ audit }) => audit.name));
  const audits = cases
    .map((auditCase) => {
      const { moved = null, reason = null } = moves.get(auditCase.audit.id) ?? {};
      const suspended = suspensions.get(auditCase.audit.id) ?? null;
      return describeRepeating(auditCase, { now, taken, engines, suspended, moved, movedReason: reason });
    })
    .sort(byGravity);
  return {
    audits,
    title: titleOf(audits),
    summary: summaryOf(audits),
    suspending: describeSuspending(),
    resuming: describeResuming(),
    orphans: need(readings, 'optimizer')
      .plans.filter(({ auditId, state }) => auditId === null && state === 'RECOMMENDED')
      .map(({ id, strategy, createdAt }) => ({ plan_id: id, strategy, created_at: createdAt })),
    left: listLeft(all, now),
    blocked_by: audits.filter(({ standing }) => standing === 'unreadable').map(({ name }) => name),
    readings: readingStates(readings),
  };
}
