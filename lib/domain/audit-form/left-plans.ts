import type { RepeatingAudits } from '@/lib/contract/v1/repeating';
import type { AuditCase } from '../plans/audit-case';
import { isRepeating } from './register';

/** Plans that can still be started although the repeating audit that made them runs no more. Newest first. @param now ms */
export function listLeft(cases: AuditCase[], now: number): RepeatingAudits['left'] {
  return cases
    .filter(({ audit }) => audit.type !== 'ONESHOT' && (audit.state === 'FAILED' || !isRepeating(audit, now)))
    .flatMap(({ audit, plans }) =>
      plans
        .filter(({ state }) => state === 'RECOMMENDED')
        .map(({ id, createdAt }) => ({
          plan_id: id,
          audit_id: audit.id,
          audit_name: audit.name,
          audit_state: audit.state,
          created_at: createdAt,
        })),
    )
    .sort((a, b) => b.created_at - a.created_at);
}
