import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatNames, formatPoints } from '@/lib/format';
import { MINUTE_MS } from '@/lib/units';
import { type ApprovedMove, type CarefulStep, hasArrived, type StepResult, type WhyCode } from './careful-run';

/** When a careful run stops by itself. Each rule is told once: what a person has accepted for a step does not stop it again. */

export type Why = { code: WhyCode; text: string };

/** A copy that gains nothing for this long. */
export const STUCK_MS = 3 * MINUTE_MS;
/** A step must bring this part of its promise. */
const LEAST_PART = 0.5;
/** A promised fall of the spread below this is lost among the ups and downs of a region. In points. */
const LEAST_PROMISE = 0.5;

type During = {
  now: number;
  moves: RunMove[];
  load: { at: number | null; hot: string[] };
};

/** While the step runs. */
export function whyDuringStep(step: CarefulStep, { now, moves, load }: During): Why | null {
  const wrong = moves.filter(({ word }) => WRONG.includes(word)).map(({ vm_name: name }) => name);
  if (wrong.length > 0 && !step.accepted.includes('failed')) return failed(wrong);
  if (step.stuckSince !== null && now - step.stuckSince >= STUCK_MS && !step.accepted.includes('stuck')) {
    const names = moves.filter(({ word }) => word === 'not-converging').map(({ vm_name: name }) => name);
    return { code: 'stuck', text: `The copy of ${formatNames(names, 3)} has gained nothing for 3 min.` };
  }
  // Loads from before the step say nothing about it.
  const isNewer = load.at !== null && step.startedAt !== null && load.at > step.startedAt;
  return isNewer ? hotTargets(step, load.hot) : null;
}

const WRONG: RunMove['word'][] = ['failed', 'aborted', 'gave-up', 'arrived-elsewhere', 'left-out'];

/** Once the step has ended, by what became of its moves; once it has been measured, by what it brought. */
export function whyAfterStep(step: CarefulStep, { wrong, hot }: { wrong?: StepResult[]; hot?: string[] }): Why | null {
  if (wrong !== undefined) {
    const names = wrong.map(({ vmId }) => nameOf(step.moves, vmId));
    return names.length === 0 || step.accepted.includes('failed') ? null : failed(names);
  }
  return hotTargets(step, hot ?? []) ?? tooLittle(step);
}

const nameOf = (moves: ApprovedMove[], vmId: string) => moves.find((move) => move.vmId === vmId)?.vmName ?? vmId;

const failed = (names: string[]): Why => ({
  code: 'failed',
  text:
    names.length === 1 ? `${names[0]} did not move as approved.` : `${formatNames(names, 3)} did not move as approved.`,
});

function hotTargets(step: CarefulStep, hot: string[]): Why | null {
  if (step.accepted.includes('hot')) return null;
  const targets = new Set(step.moves.map(({ destination }) => destination));
  const names = hot.filter((host) => targets.has(host) && !step.hotBefore.includes(host));
  return names.length === 0
    ? null
    : { code: 'hot', text: `${formatNames(names, 3)} ${names.length === 1 ? 'is' : 'are'} hot since this step.` };
}

/** What was promised for all its moves can't be asked of a part of them. */
function tooLittle({ spread: { before, promised, after }, moves, results, accepted }: CarefulStep): Why | null {
  if (results.filter(hasArrived).length < moves.length || accepted.includes('little')) return null;
  if (before === null || promised === null || after === null) return null;
  const promise = before - promised;
  if (promise < LEAST_PROMISE || before - after >= LEAST_PART * promise) return null;
  return {
    code: 'little',
    text: `This step was to take the spread from ${formatPoints(before)} to ${formatPoints(promised)}; it is ${formatPoints(after)}.`,
  };
}
