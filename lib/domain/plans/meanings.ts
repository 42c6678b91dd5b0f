import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import type { Release } from './release';
import { isOver } from './states';

/**
 * What Watcher's states mean, one sentence each.
 * https://docs.openstack.org/watcher/latest/architecture.html#state-machine-diagrams
 */
const AUDIT_STATES: Record<string, string> = {
  PENDING: 'Accepted; waiting for a decision engine.',
  ONGOING: 'Running; a continuous audit stays here between its runs.',
  SUCCEEDED: 'Finished; its action plan contains the proposal.',
  FAILED: 'Ended with an error; often only the decision engine’s log has the reason.',
  CANCELLED: 'Stopped by an admin, or by Watcher because another plan was running.',
  SUSPENDED: 'Paused; a continuous audit starts no runs until it is resumed.',
  DELETED: 'Archived.',
};

const ACTION_STATES: Record<string, string> = {
  PENDING: 'Not started.',
  ONGOING: 'Running.',
  SUCCEEDED: 'Done.',
  FAILED: 'Failed.',
  CANCELLING: 'Stopping.',
  CANCELLED: 'Stopped.',
  SKIPPED: 'Skipped; it will not run.',
  DELETED: 'Archived.',
};

const unknownState = (state: string) => `Unknown state: ${state}.`;

export function auditStateMeaning({ state, type, hostname }: Pick<Audit, 'state' | 'type' | 'hostname'>): string {
  if (state === 'PENDING' && type === 'EVENT') return 'Waiting for a call of its webhook.';
  if (state === 'PENDING' && type === 'CONTINUOUS' && hostname !== null) return 'Waiting for its first run.';
  if (state === 'SUCCEEDED' && type === 'CONTINUOUS') return 'Ended; it does not run again.';
  // Only one-shot audits are cancelled because a plan runs.
  if (state === 'CANCELLED' && type !== 'ONESHOT') return 'Cancelled; it does not run again.';
  return AUDIT_STATES[state] ?? unknownState(state);
}

/** @param actions null if they were not read */
export function planStateMeaning({ state }: Pick<ActionPlan, 'state'>, actions: Action[] | null, release: Release) {
  const states = actions?.map((action) => action.state) ?? null;
  switch (state) {
    case 'RECOMMENDED':
      return states === null ? 'Waiting for approval.' : waiting(states);
    case 'PENDING':
      return 'Started; the applier has not picked it up yet.';
    case 'ONGOING':
      return 'The applier is running its actions.';
    case 'SUCCEEDED':
      if (states === null) return release.failsPlans ? 'Finished; no action failed.' : 'Finished.';
      return states.length === 0 ? 'Nothing to do: the plan is empty.' : finished(states);
    case 'FAILED':
      if (states === null) return 'At least one action failed, or it was interrupted.';
      return count(states, 'FAILED') > 0 ? failed(states) : 'It was interrupted; none of its actions failed.';
    case 'CANCELLING':
      return cancelling(release);
    case 'CANCELLED':
      if (states === null) return 'Stopped, or replaced by the next run of a continuous audit.';
      return count(states, 'SUCCEEDED', 'FAILED', 'ONGOING') > 0 ? 'Stopped while it ran.' : 'Cancelled before it ran.';
    case 'SUPERSEDED':
      return 'Expired: it waited longer than Watcher allows.';
    case 'DELETED':
      return 'Archived.';
    default:
      return unknownState(state);
  }
}

const count = (states: string[], ...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
const ofAll = (number: number, all: number) => `${number} of ${all} ${all === 1 ? 'action' : 'actions'}`;

function waiting(states: string[]): string {
  const skipped = count(states, 'SKIPPED');
  if (states.length === 0) return 'It has no actions, so there is nothing to approve.';
  if (skipped === states.length) return 'All its actions are skipped, so there is nothing to approve.';
  return skipped === 0
    ? 'Waiting for approval.'
    : `Waiting for approval; ${ofAll(skipped, states.length)} will be skipped.`;
}

/** Of a plan that Watcher calls SUCCEEDED. */
function finished(states: string[]): string {
  const [done, bad] = [count(states, 'SUCCEEDED'), count(states, 'FAILED')];
  const skipped = count(states, 'SKIPPED');
  if (done === states.length) return 'All its actions were done.';
  if (bad > 0) return `Watcher reports success, but ${ofAll(bad, states.length)} failed.`;
  if (skipped === states.length) return 'All its actions were skipped, so it changed nothing.';
  if (done + skipped === states.length)
    return `No action failed; ${ofAll(skipped, states.length)} ${skipped === 1 ? 'was' : 'were'} skipped.`;
  return `Watcher reports success, but only ${ofAll(done, states.length)} ${done === 1 ? 'was' : 'were'} done.`;
}

function failed(states: string[]): string {
  const [bad, left] = [count(states, 'FAILED'), count(states, 'PENDING', 'ONGOING')];
  return `${ofAll(bad, states.length)} failed${left > 0 ? `, and it was interrupted with ${left} left` : ''}.`;
}

function cancelling({ letsMovesEnd }: Release): string {
  switch (letsMovesEnd) {
    case null:
      return 'Stopping.';
    case true:
      return 'Stopping: actions that run are finished, others are not started.';
    case false:
      return 'Stopping: other actions are not started; Watcher means to abort the live migrations that run, but may fail to.';
  }
}

/** An action that is still ONGOING or PENDING in a plan that is over will never run. */
export const actionStateMeaning = (state: string, planState: string): string =>
  (state === 'ONGOING' || state === 'PENDING') && isOver(planState)
    ? 'Will not run: its plan is over.'
    : (ACTION_STATES[state] ?? unknownState(state));
