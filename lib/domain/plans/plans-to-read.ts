import type { ActionPlan } from '@/lib/openstack/records';
import { HISTORY_MS } from '../cluster/vm-moves';
import { mayHaveRun } from './runs';
import { candidatePlans, groupPlans } from './shown-plan';

/**
 * The plans whose actions are read: those that decide which plan is shown, and all that an applier has run in the days of which
 * moves are told. A move of a plan that is not read would look as if nobody's plan had asked for it.
 *
 * @param now ms
 */
export function plansToRead(plans: ActionPlan[], now: number): ActionPlan[] {
  const candidates = [...groupPlans(plans).values()].flatMap(candidatePlans);
  const known = new Set(candidates);
  const ran = plans.filter(
    (plan) =>
      !known.has(plan) &&
      plan.hostname !== null &&
      mayHaveRun(plan) &&
      (plan.updatedAt ?? plan.createdAt) > now - HISTORY_MS,
  );
  return [...candidates, ...ran];
}
