import type { Happened } from '@/lib/contract/v1/happened';
import { formatNames, formatThings } from '@/lib/format';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { type ActionEnd, endOfAction } from '../plans/action-ends';
import { readAction } from '../plans/actions';
import type { ByAction } from '../plans/steps';

/** What became of the actions of a plan. */

export const countStates = (actions: Action[], ...states: string[]): number =>
  actions.filter(({ state }) => states.includes(state)).length;

/** The result of an executed plan, judged by its actions and by Nova: Watcher calls plans SUCCEEDED that failed in part. */
export function resultOfPlan(plan: ActionPlan, actions: Action[] | null, happened: ByAction): string | null {
  if (actions === null || !['SUCCEEDED', 'FAILED', 'CANCELLED', 'ONGOING', 'CANCELLING'].includes(plan.state))
    return null;
  if (actions.length === 0) return 'Nothing to do.';
  const ends = actions.map((action) => endOfAction(action, plan, happened.get(action.id) ?? null));
  const count = (end: ActionEnd) => ends.filter((one) => one === end).length;
  const done = count('done');
  const silent = actions.filter(
    ({ id, state }, i) => ends[i] === 'done' && happened.get(id)?.differs && state !== 'SUCCEEDED',
  );
  const parts = [
    `${done} of ${actions.length} actions done`,
    ...(silent.length === 0 ? [] : [`${silent.length} of them although Watcher does not say so`]),
    ...OTHERS.flatMap((end) => (count(end) === 0 ? [] : [`${count(end)} ${end}`])),
  ];
  return `${parts.join(', ')}.`;
}

const OTHERS: ActionEnd[] = ['failed', 'skipped', 'cancelled', 'running', 'interrupted', 'to come', 'never started'];

/** What Nova did where Watcher says something else, in sentences that name the VMs. */
export function whatNovaDid(actions: Action[], happened: ByAction): string[] {
  const named = (isWanted: (one: Happened) => boolean) =>
    actions.flatMap((action) => {
      const one = happened.get(action.id);
      const { name, id } = readAction(action);
      return one !== undefined && isWanted(one) ? [name ?? id ?? 'a VM'] : [];
    });
  const differing = (...results: Happened['result'][]) =>
    named(({ differs, result }) => differs && results.includes(result));
  const say = (names: string[], text: (moves: string) => string) =>
    names.length === 0 ? [] : [`${text(formatThings(names.length, 'move'))}: ${formatNames(names)}.`];
  return [
    ...say(differing('moved'), (moves) => `Nova finished ${moves} that Watcher does not count as done`),
    ...say(differing('running'), (moves) => `Nova is still running ${moves} that Watcher has given up on`),
    ...say(
      differing('failed', 'cancelled'),
      (moves) => `Nova did not complete ${moves} that Watcher says otherwise about`,
    ),
    ...say(differing('never-started'), (moves) => `Nova never started ${moves} that Watcher calls ONGOING`),
    ...say(
      named(({ result }) => result === 'unknown'),
      (moves) => `What became of ${moves} in Nova is unknown`,
    ),
  ];
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
