import { groupBy } from '@/lib/group-by';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { isCurrent } from './states';

/** Actions by plan id, in Watcher's own order; absent if they were not read. */
export type ActionsByPlan = Record<string, Action[]>;

const newestFirst = (a: ActionPlan, b: ActionPlan) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);

/** Plans by audit id, newest first, without plans of deleted audits. */
export function groupPlans(plans: ActionPlan[]): Map<string, ActionPlan[]> {
  const groups = groupBy(plans, ({ auditId }) => auditId);
  return new Map([...groups].flatMap(([id, own]) => (id === null ? [] : [[id, own.sort(newestFirst)] as const])));
}

/** The plans of one audit whose actions decide which plan is shown: those waiting or running, and the newest. */
export function candidatePlans(plans: ActionPlan[]): ActionPlan[] {
  const kept = plans.filter(({ state }) => state !== 'DELETED');
  return kept.filter((plan, position) => position === 0 || isCurrent(plan.state));
}

/**
 * The plan that stands for an audit: the newest one waiting or running with actions, else the newest not deleted.
 *
 * @param plans of one audit, newest first
 */
export function selectShownPlan(plans: ActionPlan[], actions: ActionsByPlan): ActionPlan | null {
  const kept = plans.filter(({ state }) => state !== 'DELETED');
  return kept.find(({ id, state }) => isCurrent(state) && (actions[id]?.length ?? 0) > 0) ?? kept[0] ?? null;
}
