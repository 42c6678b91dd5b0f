import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import type { Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';

/** Who suspended an audit: Watcher keeps no names, so that only the journal can tell. */

/** An act that has changed an audit, as the journal has it; `at` in ms. */
export type AuditChange = { act: string; person: string; reason: string; at: number };

export const SUSPENDING_ACT = 'suspend-audit';
export const RESUMING_ACT = 'resume-audit';
/** These leave an audit suspended, and change its time. */
export const OTHER_CHANGES = ['change-interval', 'ask-first'];

/** Watcher writes its time when the request arrives, the journal before it is sent. */
const NEAR_MS = 2 * MINUTE_MS;

/**
 * @param changes of this audit, the newest first
 * @param since when the journal begins; ms, null if it can't be read
 * @returns null unless the audit is suspended
 */
export function suspensionOf(
  { state, updatedAt }: Pick<Audit, 'state' | 'updatedAt'>,
  changes: AuditChange[],
  since: number | null,
): RepeatingAudit['suspended'] {
  if (state !== 'SUSPENDED') return null;
  const last = changes.find(({ act }) => act === SUSPENDING_ACT || act === RESUMING_ACT);
  // If Watcher has changed it later than anybody here, somebody else may have resumed and suspended it.
  const isOurs = updatedAt === null || changes.some(({ at }) => Math.abs(updatedAt - at) <= NEAR_MS);
  if (last?.act === SUSPENDING_ACT && isOurs)
    return { by: 'here', person: last.person, reason: last.reason, at: last.at };
  const isKnown = since !== null && since <= (updatedAt ?? 0);
  return { by: isKnown ? 'outside' : 'unknown', person: null, reason: null, at: null };
}
