import type { Happened } from '@/lib/contract/v1/happened';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { isRunning } from './states';

/** How an action of a plan that was started stands, whoever says so. */
export type ActionEnd =
  | 'done'
  | 'failed'
  | 'skipped'
  | 'cancelled'
  | 'running'
  | 'interrupted'
  | 'to come'
  | 'never started';

/** For a move, Nova decides; for everything else, and where Nova says nothing, Watcher's state. */
export function endOfAction({ state }: Action, plan: ActionPlan, happened: Happened | null): ActionEnd | null {
  switch (happened?.result) {
    case 'moved':
      return 'done';
    case 'failed':
    case 'cancelled':
    case 'running':
      return happened.result;
    case 'never-started':
      return BY_STATE[state] ?? 'never started';
    case 'unknown':
    case undefined:
      break;
  }
  if (state === 'ONGOING') return isRunning(plan.state) ? 'running' : 'interrupted';
  if (state === 'PENDING') return isRunning(plan.state) ? 'to come' : 'never started';
  return BY_STATE[state] ?? null;
}

const BY_STATE: Record<string, ActionEnd> = {
  SUCCEEDED: 'done',
  FAILED: 'failed',
  SKIPPED: 'skipped',
  CANCELLED: 'cancelled',
  CANCELLING: 'cancelled',
};
