import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { type Trimmed, tickMoves } from '@/lib/domain/review/trim-choice';
import type { Variant } from '@/lib/domain/review/variant';
import type { OrderedMove } from './ordered-moves';

type Tickable = Pick<ReviewedMove, 'action_id' | 'state' | 'happened' | 'must_not_move'>;

/** Whether a move can still be left out. Added moves have no action of Watcher's, and are not made for marked VMs. */
export const canTick = ({ action_id: action, state, happened, must_not_move: grounds }: Tickable): boolean =>
  action === null ? grounds === undefined : state === 'PENDING' && happened === null;

type Ticked = { moves: ReviewedMove[]; run: boolean };

/**
 * The variant with moves left out or taken in; moves of the plan with those that depend on them. VMs that must not move are
 * named one by one instead.
 */
export function tick(given: Trimmed, variant: Variant, { moves, run }: Ticked): Variant {
  const stay = new Set(variant.stay);
  const numbers = new Set<number>();
  const anyway = new Set(variant.anyway);
  for (const { key, action_id: action, must_not_move: grounds } of moves.filter(canTick)) {
    if (grounds !== undefined) {
      if (!run) anyway.delete(Number(key));
    } else if (action !== null) numbers.add(Number(key));
    else if (run) stay.delete(key);
    else stay.add(key);
  }
  return tickMoves(given, { ...variant, stay, anyway }, { numbers, run });
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
