import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { formatThings } from '@/lib/format';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { hasActions } from '../plans/list-parts';
import { reportedMigrations } from '../plans/reported-migrations';

/** What the last runs of an audit or a strategy came to. */

export type RunKind = RepeatingAudit['runs'][number];

export const MOST_RUNS = 20;

/** @param actions undefined if they were not read */
export function kindOfRun(plan: ActionPlan, actions: Action[] | undefined): RunKind {
  if (plan.state === 'FAILED') return 'failed';
  // Only the times of a plan that is over say whether it was empty.
  if (actions === undefined && plan.state !== 'SUCCEEDED') return 'moves';
  return hasActions(plan, actions) ? 'moves' : 'nothing';
}

/** What became of a plan, after what it proposed. */
const BECAME: Record<string, string> = {
  RECOMMENDED: 'waits for you',
  PENDING: 'is queued',
  ONGOING: 'runs now',
  SUCCEEDED: 'done',
  CANCELLED: 'not run',
  SUPERSEDED: 'not run',
};

/** "3 moves proposed, waits for you" */
export function describeLast(plan: ActionPlan | undefined, actions: Action[] | undefined): string {
  if (plan === undefined) return 'Has made no plan yet';
  const kind = kindOfRun(plan, actions);
  if (kind === 'nothing') return 'No changes';
  if (kind === 'failed') return 'Its plan failed';
  const moves = reportedMigrations(plan);
  const what =
    moves !== null && moves > 0
      ? formatThings(moves, 'move')
      : actions === undefined
        ? 'A plan'
        : formatThings(actions.length, 'action');
  return `${what} proposed, ${BECAME[plan.state] ?? plan.state.toLowerCase()}`;
}

export type PastRuns = { runs: number; fewest: number; most: number };

/** How many moves the last runs proposed, as Watcher counts them; null if it counts them for none. @param plans newest first */
export function pastRunsOf(plans: ActionPlan[]): PastRuns | null {
  const counts = plans
    .slice(0, MOST_RUNS)
    .map(reportedMigrations)
    .filter((count) => count !== null);
  if (counts.length === 0) return null;
  return { runs: counts.length, fewest: Math.min(...counts), most: Math.max(...counts) };
}
