import type { RunFact } from '@/lib/contract/v1/run';
import type { RunMove } from '@/lib/contract/v1/run-moves';
import { formatNames, formatThings } from '@/lib/format';
import type { Release } from '../plans/release';
import { countMoves, isUnderWay } from './run-counts';

/** What stopping a plan would do now. Releases of Watcher differ, so that the words come from the release. */

export type Stoppable = {
  /** Of the plan, as Watcher has it. */
  state: string;
  release: Release;
  moves: RunMove[];
  /** Actions of other types that have not started. */
  othersWaiting: number;
  /** Hosts that the plan has disabled. */
  disabled: string[];
};

/** Empty for a plan that can't be stopped: it was not started, or is over. */
export function describeStopping(given: Stoppable): RunFact[] {
  switch (given.state) {
    case 'PENDING':
      return [
        fact('Takes it out of the queue.', 'If an applier has just picked it up, it may run all the same.'),
        ...leftDisabled(given),
      ];
    case 'ONGOING':
      return [...whileRunning(given), ...leftDisabled(given)];
    case 'CANCELLING':
      return [fact('It is stopping already.', 'Nothing more can be done about it in Watcher.'), ...leftDisabled(given)];
    default:
      return [];
  }
}

const fact = (lead: string | null, text: string, tone: RunFact['tone'] = 'plain'): RunFact => ({ tone, lead, text });

function whileRunning(given: Stoppable): RunFact[] {
  const { release, moves, othersWaiting } = given;
  const counts = countMoves(moves);
  const running = moves.filter(isUnderWay);
  const waiting = counts.waiting + othersWaiting;
  if (waiting === 0 && release.letsMovesEnd === true) return endsNothing(running);
  return [
    ...ofRunning(running, release),
    ...(counts.waiting > 0 ? [ofWaiting(counts.waiting)] : []),
    ...(othersWaiting > 0 ? [ofOthers(othersWaiting)] : []),
    ...(counts.moved > 0 ? [ofMoved(counts.moved)] : []),
  ];
}

const ofWaiting = (count: number): RunFact =>
  count === 1
    ? fact('The move not yet started', 'doesn’t start.')
    : fact(`The ${count} moves not yet started`, 'don’t start.');

const ofOthers = (count: number): RunFact =>
  fact(`${formatThings(count, 'other action')} not yet started`, count === 1 ? 'doesn’t start.' : 'don’t start.');

const ofMoved = (count: number): RunFact =>
  count === 1
    ? fact('The VM that moved stays', 'where it is now.')
    : fact(`The ${count} VMs that moved stay`, 'where they are now.');

function endsNothing(running: RunMove[]): RunFact[] {
  const all = running.length === 1 ? 'The last move was' : `All ${running.length} were`;
  if (running.length === 0) return [fact('Nothing is left to stop.', 'No move runs or waits.')];
  return [
    fact('Stopping ends nothing here.', `${all} given to Nova, and Watcher lets running moves end.`, 'warn'),
    fact(null, 'To end one, abort it at Nova, in its row.'),
  ];
}

function ofRunning(running: RunMove[], { letsMovesEnd }: Release): RunFact[] {
  const live = running.filter((move) => move.live).length;
  const cold = running.length - live;
  if (running.length === 0) return [];
  if (letsMovesEnd === true) {
    return [
      fact(
        running.length === 1
          ? 'The move that runs goes to its end;'
          : `The ${running.length} moves that run go to their end;`,
        'this Watcher ends no move half way.',
      ),
    ];
  }
  const aborts = live === 0 ? [] : ofLive(live, letsMovesEnd);
  const cannot = fact(
    cold === 1 ? 'The move of a VM that is off' : `The ${cold} moves of VMs that are off`,
    `can’t be aborted and ${cold === 1 ? 'goes to its end' : 'go to their end'}.`,
  );
  return [...aborts, ...(cold === 0 ? [] : [cannot])];
}

/**
 * 2025.2 and 2026.1 have the same API. Of Zed and 2025.1, those that were tried never got as far as asking Nova: the engine of
 * the applier fails when it is stopped, the plan is FAILED at once, and Nova goes on.
 */
function ofLive(count: number, letsMovesEnd: false | null): RunFact[] {
  const [moves, them, each] =
    count === 1
      ? ['the live move', 'it', 'abort it at Nova, in its row.']
      : [`the ${count} live moves`, 'them', 'abort each at Nova, in its row.'];
  const lead =
    letsMovesEnd === false
      ? fact(`Watcher means to abort ${moves}, but may fail to:`, `Nova then moves ${them} all the same.`, 'warn')
      : fact(
          `Watcher 2025.2 means to abort ${moves}, and may fail to; 2026.1 lets ${them} end.`,
          'Its API does not say which of the two this is.',
          'warn',
        );
  return [lead, fact(null, `To be sure, ${each}`)];
}

function leftDisabled({ disabled }: Stoppable): RunFact[] {
  if (disabled.length === 0) return [];
  const lead =
    disabled.length === 1
      ? 'The host that it has disabled stays disabled:'
      : 'Hosts that it has disabled stay disabled:';
  return [
    fact(
      lead,
      `${formatNames(disabled, 5)}. Enable ${disabled.length === 1 ? 'it' : 'them'} in Nova when needed.`,
      'warn',
    ),
  ];
}
