import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { type ActionEnd, endOfAction } from './action-ends';
import { isMigration } from './actions';
import { listWaiting } from './list-parts';
import { mayHaveRun } from './runs';
import type { ActionsByPlan } from './shown-plan';
import { isRunning } from './states';
import type { ByAction } from './steps';

/** The number of audits, plans and actions in each state, and the plans about to expire. */
export type Tally = {
  audits: Map<string, number>;
  plans: Map<string, number>;
  /** Actions of the plans whose actions were read, in Watcher's words: those waiting, running or shown. */
  actions: Map<string, number>;
  /** Plans that wait for a decision, as the list of plans has them. */
  waiting: number;
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
  const waiting = listWaiting({ audits, plans, actions }, now);
  const ages = waiting.map(({ createdAt }) => now - createdAt);
  return {
    audits: countStates(audits),
    plans: countStates(plans),
    actions: countStates(Object.values(actions).flat()),
    waiting: waiting.length,
    oldestWaitingMs: ages.length === 0 ? null : ages.reduce((oldest, age) => Math.max(oldest, age), 0),
    expiring: ages.filter((age) => age > expiryMs * (1 - LAST_PART)).length,
  };
}

/** Moves of plans that were started: how each stands, and how many Nova contradicts Watcher about. */
export type MoveTally = { ends: Map<ActionEnd, number>; contradicted: number };

/** @param happenedTo what became of a plan's moves in Nova */
export function tallyMoves(
  { plans, actions }: { plans: ActionPlan[]; actions: ActionsByPlan },
  happenedTo: (plan: ActionPlan, actions: Action[]) => ByAction,
): MoveTally {
  const tally: MoveTally = { ends: new Map(), contradicted: 0 };
  for (const plan of plans) {
    const own = actions[plan.id] ?? [];
    if (!isRunning(plan.state) && !mayHaveRun(plan, own)) continue;
    const happened = happenedTo(plan, own);
    for (const action of own.filter(isMigration)) {
      const said = happened.get(action.id) ?? null;
      const end = endOfAction(action, plan, said);
      if (end !== null) tally.ends.set(end, (tally.ends.get(end) ?? 0) + 1);
      if (said?.differs) tally.contradicted++;
    }
  }
  return tally;
}

function countStates(records: Pick<Audit | ActionPlan | Action, 'state'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { state } of records) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
