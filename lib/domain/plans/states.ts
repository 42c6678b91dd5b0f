/**
 * What Watcher's states mean, one sentence each.
 * https://docs.openstack.org/watcher/latest/architecture.html#state-machine-diagrams
 */
const AUDIT_STATES: Record<string, string> = {
  PENDING: 'Accepted and waiting for a decision engine.',
  ONGOING: 'Running; a continuous audit stays here between its runs.',
  SUCCEEDED: 'Finished; what it proposes is in its action plan.',
  FAILED: 'Ended with an error; the reason is often only in the log of the decision engine.',
  CANCELLED: 'Stopped by an admin, or by Watcher because another plan was running.',
  SUSPENDED: 'Paused; a continuous audit starts no run until it is resumed.',
  DELETED: 'Archived.',
};

const PLAN_STATES: Record<string, string> = {
  RECOMMENDED: 'Waits for approval.',
  PENDING: 'Started; the applier has not taken it yet.',
  ONGOING: 'The applier runs its actions.',
  SUCCEEDED: 'All its actions were carried out, or it had none.',
  FAILED: 'At least one action failed.',
  CANCELLING: 'Being stopped; running actions end first.',
  CANCELLED: 'Stopped, or replaced by the next run of a continuous audit.',
  SUPERSEDED: 'Expired: it waited longer than Watcher lets a plan wait.',
  DELETED: 'Archived.',
};

const ACTION_STATES: Record<string, string> = {
  PENDING: 'Not started.',
  ONGOING: 'Running.',
  SUCCEEDED: 'Done.',
  FAILED: 'Failed.',
  CANCELLING: 'Being stopped.',
  CANCELLED: 'Stopped.',
  SKIPPED: 'Skipped: it will not run.',
  DELETED: 'Archived.',
};

const unknownState = (state: string) => `A state this version does not know: ${state}.`;

export const auditStateMeaning = (state: string): string => AUDIT_STATES[state] ?? unknownState(state);

export const planStateMeaning = (state: string, actions: number | null): string =>
  state === 'SUCCEEDED' && actions === 0
    ? 'Nothing to do: the plan is empty.'
    : (PLAN_STATES[state] ?? unknownState(state));

/** An action that still says ONGOING or PENDING in a plan that is over will never run. */
export const actionStateMeaning = (state: string, planState: string): string =>
  (state === 'ONGOING' || state === 'PENDING') && isOver(planState)
    ? 'Left behind: its plan is over.'
    : (ACTION_STATES[state] ?? unknownState(state));

/** Plans that may still change the cloud, so that they are projected from the load now. */
const OPEN_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']);
/** Plans that are shown before any newer one. */
const CURRENT_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING']);

export const isOpen = (planState: string): boolean => OPEN_PLANS.has(planState);
export const isCurrent = (planState: string): boolean => CURRENT_PLANS.has(planState);
/** The applier is at its actions. */
export const isRunning = (planState: string): boolean => planState === 'ONGOING' || planState === 'CANCELLING';
/** Executed or lapsed: a state that Watcher never leaves but to archive. */
const isOver = (planState: string): boolean =>
  ['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'DELETED'].includes(planState);

/** Why a plan that is over shows no load after it. */
export const whyNoEffect = (planState: string): string =>
  `The plan is over (${planState}): what it changed is already part of the load.`;
