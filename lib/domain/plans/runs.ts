import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { RunSpan } from '@/lib/readings/migrations';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { HISTORY_MS } from '../cluster/vm-moves';
import { isMigration } from './actions';
import type { ActionsByPlan } from './shown-plan';
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

/** Whether a plan is over and may have changed the cloud. Watcher notes the applier's host when it starts a plan. */
export const mayHaveRun = ({ state, hostname }: ActionPlan, actions: Action[] = []): boolean =>
  RAN.has(state) && (state !== 'CANCELLED' || hostname !== null || actions.some(hasBegun));

const hasBegun = ({ state }: Action): boolean => ['SUCCEEDED', 'FAILED', 'ONGOING'].includes(state);

/**
 * The time of all runs of plans that may have moved VMs, for as long as it matters; null if there was none.
 *
 * @param now ms
 */
export function spanOfRuns(
  { plans, actions }: { plans: ActionPlan[]; actions: ActionsByPlan },
  now: number,
): RunSpan | null {
  const recent = plans.filter(({ createdAt, updatedAt }) => (updatedAt ?? createdAt) > now - WINDOW_MS);
  const ran = recent.filter((plan) => {
    const own = actions[plan.id];
    if (own !== undefined && !own.some(isMigration)) return false;
    return isRunning(plan.state) || mayHaveRun(plan, own);
  });
  const [first] = ran;
  if (!first) return null;
  const from = ran.reduce((earliest, { createdAt }) => Math.min(earliest, createdAt), first.createdAt);
  const end = ran.reduce((last, { createdAt, updatedAt }) => Math.max(last, updatedAt ?? createdAt), first.createdAt);
  return {
    from: Math.max(from - BEFORE_MS, now - WINDOW_MS) - SKEW_MS,
    until: ran.some(({ state }) => isRunning(state)) ? null : end + AFTER_MS,
  };
}

/**
 * The time for which Nova's record is needed: that of the runs, and the days in which moves of VMs are counted.
 *
 * @param now ms
 */
export const spanOfRecord = (runs: RunSpan | null, now: number): RunSpan => ({
  from: Math.min(runs?.from ?? now, now - HISTORY_MS),
  until: null,
});

/** The time of one run, and of what may go on after it, as long as the plan is followed. */
export const spanOfRun = ({ createdAt }: ActionPlan): RunSpan => ({
  from: createdAt - BEFORE_MS - SKEW_MS,
  until: null,
});
