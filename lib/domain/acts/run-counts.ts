import type { MoveWord, RunCounts, RunMove, RunWave } from '@/lib/contract/v1/run-moves';
import { SECOND_MS } from '@/lib/units';

/** How far a run is. */

const MOVED: MoveWord[] = ['done', 'arrived-elsewhere', 'gave-up-arrived', 'unconfirmed'];
const RUNNING: MoveWord[] = ['queued', 'preparing', 'copying', 'not-converging', 'switching-over', 'gave-up'];

export const hasMoved = ({ word }: RunMove): boolean => MOVED.includes(word);
/** Whether Nova has it, or is about to. */
export const isUnderWay = ({ word }: RunMove): boolean => RUNNING.includes(word);

export function countMoves(moves: RunMove[]): RunCounts {
  const count = (...words: MoveWord[]) => moves.filter(({ word }) => words.includes(word)).length;
  const leftOut = count('left-out');
  return {
    total: moves.length - leftOut,
    moved: count(...MOVED),
    running: count(...RUNNING),
    waiting: count('waits'),
    failed: count('failed'),
    aborted: count('aborted'),
    not_started: count('not-started'),
    left_out: leftOut,
    unknown: count('unknown'),
  };
}

export function listWaves(moves: RunMove[]): RunWave[] {
  const waves = new Map<number, RunMove[]>();
  for (const move of moves) waves.set(move.wave, [...(waves.get(move.wave) ?? []), move]);
  return [...waves]
    .sort(([a], [b]) => a - b)
    .map(([wave, own]) => {
      const isBegun = own.some(({ group, word }) => group !== 'waiting' && word !== 'left-out');
      const ended = own.filter(({ group }) => group === 'ended').length;
      const starts = own.flatMap(({ started_at: at }) => at ?? []);
      return {
        wave,
        state: ended === own.length ? 'done' : isBegun ? 'running' : 'waiting',
        moves: own.length,
        moves_ended: ended,
        since: starts.length === 0 ? null : Math.min(...starts),
      };
    });
}

/** Bytes of a move: as Nova counts them, else the VM's RAM. */
const bytesOf = ({ total, size }: RunMove): number | null => total ?? size;

/**
 * Seconds that the rest takes at the pace of the run so far: bytes that were copied, over the time since the first move
 * began. null while nothing is copied, if the size of a move is unknown, or if one gains nothing: others may wait for it.
 */
export function runSecondsLeft(moves: RunMove[], now: number): number | null {
  const starts = moves.flatMap(({ started_at: at, word }) => (at === null || word === 'failed' ? [] : [at]));
  const open = moves.filter(({ word }) => word === 'waits' || RUNNING.includes(word));
  const isStuck = open.some(({ word }) => word === 'not-converging');
  if (open.length === 0 || starts.length === 0 || isStuck) return null;
  const elapsed = now - Math.min(...starts);
  const done = moves.reduce((sum, move) => sum + (hasMoved(move) ? (bytesOf(move) ?? 0) : (move.copied ?? 0)), 0);
  if (elapsed <= 0 || done === 0 || open.some((move) => bytesOf(move) === null)) return null;
  const left = open.reduce((sum, move) => sum + Math.max(0, (bytesOf(move) ?? 0) - (move.copied ?? 0)), 0);
  return Math.ceil((left / done) * (elapsed / SECOND_MS));
}
