import type { Action, ActionPlan } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';

/** A running plan changes more often: Watcher gives up on a migration after 15 minutes at most. */
const SILENT_MS = HOUR_MS;

/**
 * Whether nobody carries on a plan that is CANCELLING: an applier that starts again cancels its ONGOING plans only, so one that
 * ends in the middle of a cancellation leaves the plan so for good. Actions of other types than `migrate` may take hours.
 *
 * @param actions of this plan; undefined if they are not known
 */
export function isAbandoned(plan: ActionPlan, actions: Action[] | undefined, now: number): boolean {
  if (plan.state !== 'CANCELLING' || actions === undefined) return false;
  if (actions.some(({ state, type }) => state === 'ONGOING' && type !== 'migrate')) return false;
  const times = actions.flatMap(({ updatedAt }) => updatedAt ?? []);
  return now - Math.max(plan.updatedAt ?? plan.createdAt, ...times) > SILENT_MS;
}
