import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';

/** A plan and all plans of its audit, newest first. */
export type PlanOfSeries = { plan: ActionPlan; audit: Audit | null; siblings: ActionPlan[] };

/** The plan of a continuous audit's next run, which cancelled this one. */
export function replacementOf({ plan, audit, siblings }: PlanOfSeries): ActionPlan | null {
  if (audit?.type !== 'CONTINUOUS' || !['CANCELLED', 'SUPERSEDED'].includes(plan.state)) return null;
  const newer = siblings.filter(({ createdAt }) => createdAt > plan.createdAt);
  const next = newer.at(-1) ?? null;
  // An admin may have cancelled this one long before the next run.
  return next && (plan.updatedAt === null || next.createdAt - plan.updatedAt < 2 * MINUTE_MS) ? next : null;
}
