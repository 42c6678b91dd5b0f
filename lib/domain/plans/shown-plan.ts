import type { Action, ActionPlan } from '@/lib/openstack/records';
import { isCurrent } from './states';

/** Actions by the id of their plan, in Watcher's own order. A plan that is absent was not read. */
export type ActionsByPlan = Record<string, Action[]>;

const newestFirst = (a: ActionPlan, b: ActionPlan) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

/** Plans by the id of their audit, newest first; plans of deleted audits are left out. */
export function groupPlans(plans: ActionPlan[]): Map<string, ActionPlan[]> {
  const groups = new Map<string, ActionPlan[]>();
  for (const plan of plans) {
    if (plan.auditId === null) continue;
    const group = groups.get(plan.auditId);
    if (group) group.push(plan);
    else groups.set(plan.auditId, [plan]);
  }
  for (const group of groups.values()) group.sort(newestFirst);
  return groups;
}

/** The plans of one audit whose actions decide which plan is shown: those that wait or run, and the newest. */
export function candidatePlans(plans: ActionPlan[]): ActionPlan[] {
  const kept = plans.filter(({ state }) => state !== 'DELETED');
  return kept.filter((plan, position) => position === 0 || isCurrent(plan.state));
}

/**
 * The plan that stands for an audit: the newest that waits or runs and has actions, else the newest that is not deleted.
 *
 * @param plans of one audit, newest first
 */
export function selectShownPlan(plans: ActionPlan[], actions: ActionsByPlan): ActionPlan | null {
  const kept = plans.filter(({ state }) => state !== 'DELETED');
  return kept.find(({ id, state }) => isCurrent(state) && (actions[id]?.length ?? 0) > 0) ?? kept[0] ?? null;
}
