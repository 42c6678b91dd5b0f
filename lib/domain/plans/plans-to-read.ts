import type { ActionPlan } from '@/lib/openstack/records';
import { HISTORY_MS } from '../cluster/vm-moves';
import { mayHaveRun } from './runs';
import { type ActionsByPlan, candidatePlans, groupPlans } from './shown-plan';

/**
 * No more of the plans that have run: each row takes Watcher milliseconds, and an audit that starts its plans without asking
 * makes 2,000 of them in a week.
 */
const MOST_RAN = 200;

/**
 * The plans whose actions are read: those that decide which plan is shown, and the newest that an applier has run in the days of
 * which moves are told. A move of a plan that is not read looks as if nobody's plan had asked for it: see `plansUnknownBefore`.
 *
 * @param now ms
 */
export function plansToRead(plans: ActionPlan[], now: number): ActionPlan[] {
  const candidates = [...groupPlans(plans).values()].flatMap(candidatePlans);
  const known = new Set(candidates);
  const ran = plans.filter((plan) => !known.has(plan) && hasMoved(plan, now)).sort((a, b) => endOf(b) - endOf(a));
  return [...candidates, ...ran.slice(0, MOST_RAN)];
}

const endOf = ({ updatedAt, createdAt }: ActionPlan): number => updatedAt ?? createdAt;

const hasMoved = (plan: ActionPlan, now: number): boolean =>
  plan.hostname !== null && mayHaveRun(plan) && endOf(plan) > now - HISTORY_MS;

/** Before this time (ms) a move may be that of a plan which was not read; null if all of the last days were. */
export function plansUnknownBefore(plans: ActionPlan[], actions: ActionsByPlan, now: number): number | null {
  let latest: number | null = null;
  for (const plan of plans)
    if (actions[plan.id] === undefined && hasMoved(plan, now)) latest = Math.max(latest ?? 0, endOf(plan));
  return latest;
}
