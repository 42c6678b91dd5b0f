import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { ActionsByPlan } from './shown-plan';

/** The number of audits, plans and actions in each state, and the plans about to expire. */
export type Tally = {
  audits: Map<string, number>;
  plans: Map<string, number>;
  /** Actions of the plans whose actions were read: those waiting, running or shown. */
  actions: Map<string, number>;
  /** Age of the plan that has been waiting longest for approval, ms; null if none is waiting. */
  oldestWaitingMs: number | null;
  /** Plans that are waiting for approval and expire soon. */
  expiring: number;
};

/** A waiting plan expires soon if less than this part of its time is left. */
const LAST_PART = 1 / 4;

/**
 * @param now ms
 * @param expiryMs after which Watcher expires a waiting plan (`action_plan_expiry`)
 */
export function tallyOptimizer(
  { audits, plans, actions }: { audits: Audit[]; plans: ActionPlan[]; actions: ActionsByPlan },
  now: number,
  expiryMs: number,
): Tally {
  const ages = plans.filter(({ state }) => state === 'RECOMMENDED').map(({ createdAt }) => now - createdAt);
  return {
    audits: countStates(audits),
    plans: countStates(plans),
    actions: countStates(Object.values(actions).flat()),
    oldestWaitingMs: ages.length === 0 ? null : ages.reduce((oldest, age) => Math.max(oldest, age), 0),
    expiring: ages.filter((age) => age > expiryMs * (1 - LAST_PART)).length,
  };
}

function countStates(records: Pick<Audit | ActionPlan | Action, 'state'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of records) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
