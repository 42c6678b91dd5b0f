/** Groups of Watcher's states of plans. */

/** Plans that may still change the cloud: they are applied to the load now. */
const OPEN_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']);
/** Plans that are shown in preference to newer ones. */
const CURRENT_PLANS = new Set(['RECOMMENDED', 'PENDING', 'ONGOING']);

export const isOpen = (planState: string): boolean => OPEN_PLANS.has(planState);
export const isCurrent = (planState: string): boolean => CURRENT_PLANS.has(planState);
/** Whether the applier is running it. */
export const isRunning = (planState: string): boolean => planState === 'ONGOING' || planState === 'CANCELLING';
/** Executed, stopped or expired: Watcher can only archive it. */
export const isOver = (planState: string): boolean =>
  ['SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED', 'DELETED'].includes(planState);

/** Why there is no load after a plan that is over. */
export const whyNoEffect = (planState: string): string =>
  `The plan is over (${planState}): what it changed is already part of the load.`;
