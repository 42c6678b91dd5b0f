import type { PlanStarted } from '@/lib/contract/v1/plan-list';
import type { ActionPlan, Audit } from '@/lib/openstack/records';

/** Who started a plan, as far as the journal and Watcher know. Times in ms. */

export type StartCase = {
  plan: ActionPlan;
  audit: Pick<Audit, 'autoTrigger'>;
  /** When it began to run; null if it has not. */
  beganAt: number | null;
  /** The start from here; undefined if there was none. */
  known: { person: string; reason: string; at: number } | undefined;
  /** The journal has every start since; null if it can't be read. */
  since: number | null;
};

/** Watcher stores nobody's name: what is not in the journal was done with another tool, or by Watcher itself. */
export function describeStarted({ plan, audit, beganAt, known, since }: StartCase): PlanStarted {
  if (known) return { by: 'here', ...known, began_at: beganAt };
  const at = plan.state === 'PENDING' ? plan.updatedAt : beganAt;
  const isCovered = since !== null && (at ?? plan.createdAt) >= since;
  const by = audit.autoTrigger ? 'watcher' : isCovered ? 'outside' : 'unknown';
  return { by, person: null, reason: null, at, began_at: beganAt };
}
