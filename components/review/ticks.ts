import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import type { Variant } from '@/lib/domain/review/variant';

type Tickable = Pick<ReviewedMove, 'action_id' | 'state' | 'happened'>;

/** Whether a move can still be left out. Added moves have no action of Watcher's. */
export const canTick = ({ action_id: action, state, happened }: Tickable): boolean =>
  action === null || (state === 'PENDING' && happened === null);

/** The variant with these moves left out, or with all of them. */
export function tick({ off, stay, ...others }: Variant, moves: ReviewedMove[], run: boolean): Variant {
  const next = { ...others, off: new Set(off), stay: new Set(stay) };
  for (const { key, action_id: action } of moves.filter(canTick)) {
    if (action === null) setIn(next.stay, key, !run);
    else setIn(next.off, Number(key), !run);
  }
  return next;
}

function setIn<T>(set: Set<T>, value: T, isIn: boolean): void {
  if (isIn) set.add(value);
  else set.delete(value);
}

/** Moves that match every word, by VM, host or flavor. */
export function searchMoves(moves: ReviewedMove[], text: string): ReviewedMove[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return moves;
  return moves.filter(({ vm_name: name, source, destination, flavor }) => {
    const own = [name, source, destination, flavor].join(' ').toLowerCase();
    return words.every((word) => own.includes(word));
  });
}
