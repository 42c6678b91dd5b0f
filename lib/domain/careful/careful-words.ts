import { formatThings } from '@/lib/format';
import type { Release } from '../plans/release';
import { type CarefulRun, currentStep, isFollowed } from './careful-run';
import { progressOf } from './progress';

/** How a careful run goes, in a sentence. */
export function titleOfCareful(run: CarefulRun): string {
  const { moved, wrong, left, of } = progressOf(run);
  const moves = `${moved} of ${of} moved${wrong > 0 ? `, ${wrong} not as approved` : ''}`;
  switch (run.state) {
    case 'running':
      return `${moves}${doing(run)}`;
    case 'paused':
      return `Paused: ${moves}, ${left} not ended`;
    case 'ended':
      if (isFollowed(currentStep(run))) return `${moves}; step ${run.steps.length} goes to its end`;
      return left === 0 ? moves : `${moves}; ${formatThings(left, 'move was', 'moves were')} not started`;
  }
}

function doing(run: CarefulRun): string {
  const step = currentStep(run);
  if (step === null) return '; the first step is being made';
  const number = run.steps.length;
  if (step.measuredAt !== null) return `; step ${number + 1} is being made`;
  if (step.endedAt !== null) return `; step ${number} is being measured`;
  return step.startedAt === null ? `; step ${number} is being made` : `; step ${number} runs`;
}

/** What a stop in the middle of a step does. */
export function brakeOf({ letsMovesEnd }: Release): string {
  return letsMovesEnd === true
    ? 'A stop in the middle of a step lets running moves end; what has not begun does not start.'
    : 'A stop in the middle of a step lets the whole step end: this Watcher may abort moves when a plan is cancelled.';
}
