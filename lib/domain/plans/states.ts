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

const PLAN_STATES: Record<string, string> = {
  RECOMMENDED: 'Waiting for approval.',
  PENDING: 'Started; the applier has not picked it up yet.',
  ONGOING: 'The applier is running its actions.',
  SUCCEEDED: 'All its actions were done, or it had none.',
  FAILED: 'At least one action failed.',
  CANCELLING: 'Stopping.',
  CANCELLED: 'Stopped, or replaced by the next run of a continuous audit.',
  SUPERSEDED: 'Expired: it waited longer than Watcher allows.',
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

export const auditStateMeaning = (state: string): string => AUDIT_STATES[state] ?? unknownState(state);

export const planStateMeaning = (state: string, actions: number | null): string =>
  state === 'SUCCEEDED' && actions === 0
    ? 'Nothing to do: the plan is empty.'
    : (PLAN_STATES[state] ?? unknownState(state));

/** An action that is still ONGOING or PENDING in a plan that is over will never run. */
export const actionStateMeaning = (state: string, planState: string): string =>
  (state === 'ONGOING' || state === 'PENDING') && isOver(planState)
    ? 'Will not run: its plan is over.'
    : (ACTION_STATES[state] ?? unknownState(state));

/** Plans that may still change the cloud: they are applied to the load now. */
const OPEN_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']);
/** Plans that are shown in preference to newer ones. */
const CURRENT_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING']);

export const isOpen = (planState: string): boolean => OPEN_PLANS.has(planState);
export const isCurrent = (planState: string): boolean => CURRENT_PLANS.has(planState);
/** Whether the applier is running it. */
export const isRunning = (planState: string): boolean => planState === 'ONGOING' || planState === 'CANCELLING';
/** Executed, stopped or expired: Watcher can only archive it. */
const isOver = (planState: string): boolean =>
  ['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'DELETED'].includes(planState);

/** Why there is no load after a plan that is over. */
export const whyNoEffect = (planState: string): string =>
  `The plan is over (${planState}): what it changed is already part of the load.`;
