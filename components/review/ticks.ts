import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { type Trimmed, tickMoves } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import type { OrderedMove } from './ordered-moves';

type Tickable = Pick<ReviewedMove, 'action_id' | 'state' | 'happened'>;

/** Whether a move can still be left out. Added moves have no action of Watcher's. */
export const canTick = ({ action_id: action, state, happened }: Tickable): boolean =>
  action === null || (state === 'PENDING' && happened === null);

type Ticked = { moves: ReviewedMove[]; run: boolean };

/** The variant with moves left out or taken in; moves of the plan with those that depend on them. */
export function tick(given: Trimmed, variant: Variant, { moves, run }: Ticked): Variant {
  const stay = new Set(variant.stay);
  const numbers = new Set<number>();
  for (const { key, action_id: action } of moves.filter(canTick)) {
    if (action !== null) numbers.add(Number(key));
    else if (run) stay.delete(key);
    else stay.add(key);
  }
  return tickMoves(given, { ...variant, stay }, { numbers, run });
}

/** Moves that match every word, by VM, host or flavor. */
export function searchMoves(moves: OrderedMove[], text: string): OrderedMove[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return moves;
  return moves.filter(({ move: { vm_name: name, source, destination, flavor } }) => {
    const own = [name, source, destination, flavor].join(' ').toLowerCase();
    return words.every((word) => own.includes(word));
  });
}
