import type { SimAction, SimPlan } from './model';
import type { Release } from './releases';

/** States of plans and actions as appliers write them. */

const OVER = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED'];
export const isOver = ({ state }: SimAction): boolean => OVER.includes(state);

export function setState(row: SimAction | SimPlan, state: string, at: number): void {
  row.state = state;
  row.updatedAt = at;
}

export function cancelPending({ actions }: SimPlan, at: number): void {
  for (const action of actions) if (action.state === 'PENDING') setState(action, 'CANCELLED', at);
}

/** What a plan is that has run to its end. */
export const outcomeOf = ({ actions }: SimPlan, { failsWithAnAction }: Release): string =>
  failsWithAnAction && actions.some(({ state }) => state === 'FAILED') ? 'FAILED' : 'SUCCEEDED';

/** Cancels what an applier ran when it was lost; newer releases say so. */
export function markStopped(plan: SimPlan, { checksMoves }: Release, at: number): void {
  const stopped = `because Applier ${plan.hostname} was stopped while the action plan was ongoing.`;
  for (const action of plan.actions) {
    if (isOver(action)) continue;
    setState(action, 'CANCELLED', at);
    if (checksMoves) action.statusMessage = `Action was cancelled ${stopped}`;
  }
  setState(plan, 'CANCELLED', at);
  if (checksMoves) plan.statusMessage = `Action plan was cancelled ${stopped}`;
}
