import 'server-only';
import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import { describeResuming, describeSuspending } from '@/lib/domain/acts/audit-acts';
import { byGravity, describeRepeating, isRepeating, titleOf } from '@/lib/domain/audit-form/register';
import { auditCasesOf } from '../collect/joined';
import { need, type ReadingSet, readingStates } from '../collect/reading-set';

/** Audits that run by themselves. @param readings with optimizer @throws SourceError of Watcher if nothing is known about audits */
export function viewRepeating(readings: ReadingSet): RepeatingAudits {
  const now = Date.now();
  const audits = auditCasesOf(readings)
    .filter(({ audit }) => isRepeating(audit))
    .map((auditCase) => describeRepeating(auditCase, now))
    .sort(byGravity);
  return {
    audits,
    title: titleOf(audits),
    suspending: describeSuspending(),
    resuming: describeResuming(),
    orphans: need(readings, 'optimizer')
      .plans.filter(({ auditId, state }) => auditId === null && state === 'RECOMMENDED')
      .map(({ id, strategy, createdAt }) => ({ plan_id: id, strategy, created_at: createdAt })),
    readings: readingStates(readings),
  };
}
