import type { Action, ActionPlan } from '@/lib/openstack/records';
import { isRunning } from '../plans/states';

/** What became of the actions of a plan. */

export const countStates = (actions: Action[], ...states: string[]): number =>
  actions.filter(({ state }) => states.includes(state)).length;

/** The result of an executed plan, judged by its actions: Watcher calls plans SUCCEEDED that failed in part. */
export function resultOfPlan(plan: ActionPlan, actions: Action[] | null): string | null {
  if (actions === null || !['SUCCEEDED', 'FAILED', 'CANCELLED', 'ONGOING', 'CANCELLING'].includes(plan.state))
    return null;
  if (actions.length === 0) return 'Nothing to do.';
  const done = countStates(actions, 'SUCCEEDED');
  const running = isRunning(plan.state);
  const parts: [number, string][] = [
    [countStates(actions, 'FAILED'), 'failed'],
    [countStates(actions, 'SKIPPED'), 'skipped'],
    [countStates(actions, 'CANCELLED', 'CANCELLING'), 'cancelled'],
    [countStates(actions, 'ONGOING'), running ? 'running' : 'interrupted'],
    [countStates(actions, 'PENDING'), running ? 'to come' : 'never started'],
  ];
  const rest = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${[`${done} of ${actions.length} actions done`, ...rest].join(', ')}.`;
}

/** As many messages as fit into an explanation. */
const SHOWN = 5;

/** What Watcher says about actions in one of these states, each message once. */
export function messagesOf(actions: Action[], ...states: string[]): string[] {
  const messages = actions.flatMap(({ state, statusMessage }) =>
    states.includes(state) && statusMessage !== null ? [statusMessage] : [],
  );
  return [...new Set(messages)].slice(0, SHOWN);
}
