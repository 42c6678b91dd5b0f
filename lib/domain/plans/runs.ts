import type { ActionPlan, Audit } from '@/lib/openstack/records';
import type { RunSpan } from '@/lib/readings/migrations';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { isMigration } from './actions';
import { replacementOf } from './replacement';
import { type ActionsByPlan, groupPlans } from './shown-plan';
import { isRunning } from './states';

/** As far back as Prometheus keeps measurements by default, with which the moves of plans are compared. */
const WINDOW_MS = 14 * DAY_MS;
/** Load is measured before a run, and after it. */
const BEFORE_MS = HOUR_MS;
/** Nova may finish a move that Watcher has given up on. */
const AFTER_MS = 2 * HOUR_MS;
/** How much the clocks of the services may differ. */
const SKEW_MS = MINUTE_MS;

const RAN = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);

/** Whether a plan is over and may have changed the cloud, as far as its state shows. */
export const mayHaveRun = ({ state }: ActionPlan): boolean => RAN.has(state);

/**
 * The time of all runs of plans that may have moved VMs, for as long as it matters; null if there was none.
 *
 * @param now ms
 */
export function spanOfRuns(
  { audits, plans, actions }: { audits: Audit[]; plans: ActionPlan[]; actions: ActionsByPlan },
  now: number,
): RunSpan | null {
  const recent = plans.filter(({ createdAt, updatedAt }) => (updatedAt ?? createdAt) > now - WINDOW_MS);
  const owners = new Map(audits.map((audit) => [audit.id, audit]));
  const ran = [...groupPlans(recent).values()].flatMap((group) =>
    group.filter((plan, i) => {
      const own = actions[plan.id];
      if (own !== undefined && !own.some(isMigration)) return false;
      if (isRunning(plan.state)) return true;
      // Only the next plan matters, and a series may have thousands.
      const siblings = group.slice(Math.max(0, i - 1), i);
      return mayHaveRun(plan) && !replacementOf({ plan, audit: owners.get(plan.auditId ?? '') ?? null, siblings });
    }),
  );
  const [first] = ran;
  if (!first) return null;
  const from = ran.reduce((earliest, { createdAt }) => Math.min(earliest, createdAt), first.createdAt);
  const end = ran.reduce((last, { createdAt, updatedAt }) => Math.max(last, updatedAt ?? createdAt), first.createdAt);
  return {
    from: Math.max(from - BEFORE_MS, now - WINDOW_MS) - SKEW_MS,
    until: ran.some(({ state }) => isRunning(state)) ? null : end + AFTER_MS,
  };
}
