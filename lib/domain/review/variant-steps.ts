import type { MoveStep, SceneStep } from '@/lib/contract/v1/scene';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { isMove } from '../plans/steps';
import type { Variant } from './variant';

/** What a variant makes of the steps of a plan. */

/** Only what has not begun can be left out or changed. */
export const isOpenStep = (step: SceneStep): boolean =>
  step.state === 'PENDING' && !(isMove(step) && step.happened !== null);

/** What a variant changes in the move with a number. */
export function changeOf(move: MoveStep | undefined, number: number, { off, to }: Variant): ReviewedMove['change'] {
  if (move === undefined || !isOpenStep(move)) return 'none';
  if (off.has(number)) return 'left-out';
  return (to.get(number) ?? move.destination) === move.destination ? 'none' : 'other-destination';
}

/** The steps of a variant: an action that it leaves out is one that Watcher skips. */
export function changeSteps(steps: SceneStep[], variant: Variant): SceneStep[] {
  let [moves, others] = [0, 0];
  return steps.map((step): SceneStep => {
    if (!isMove(step)) return variant.skip.has(++others) && isOpenStep(step) ? { ...step, state: 'SKIPPED' } : step;
    const change = changeOf(step, ++moves, variant);
    const other = variant.to.get(moves) ?? null;
    if (change === 'left-out') return { ...step, state: 'SKIPPED' };
    return change === 'other-destination' ? { ...step, destination: other, destination_named: null } : step;
  });
}

/** Ids of the actions that a variant leaves out, in execution order: those that Watcher would have to skip. */
export function listLeftOut(steps: SceneStep[], { off, skip }: Variant): string[] {
  let [moves, others] = [0, 0];
  return steps
    .filter((step) => (isMove(step) ? off.has(++moves) : skip.has(++others)) && isOpenStep(step))
    .map(({ action_id: id }) => id);
}
