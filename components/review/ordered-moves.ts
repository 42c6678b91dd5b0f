import type { Trim } from '@/lib/contract/v1/trim';
import type { ReviewedMove } from '@/lib/contract/v1/verdicts';
import { shareOfGain } from '@/lib/domain/review/trim';
import type { Trimmed } from '@/lib/domain/review/trim-choice';
import { movedInWords } from '../moves/moved-words';

/** A move of the plan and what it is worth. */
export type OrderedMove = {
  move: ReviewedMove;
  /** null if the move is in no order: it runs, is over, or was added. */
  worth: Worth | null;
  /** Bytes that a live migration copies; null for a cold one, and if unknown. */
  ramToCopy: number | null;
  /** null if the VM is gone. */
  projectId: string | null;
  /** "moved 2 h ago, 3 times in 7 d"; null if it has not. */
  moved: string | null;
};

export type Worth = {
  /** From 1. */
  place: number;
  /** Whether it is the first move of its VM: what the VM brings stands there. */
  isFirst: boolean;
  /** Points; null if that is no measure. */
  brings: number | null;
  /** Of the largest of all; 0 to 100. */
  part: number;
  /** What the moves up to here bring of the whole gain, in percent. */
  total: number | null;
  needs: number[];
  /** Hosts that are empty from here on. */
  emptied: string[];
};

/** Moves in order of worth, then the others in execution order. */
export function orderMoves(moves: ReviewedMove[], { scene, trim }: Trimmed): OrderedMove[] {
  const worths = worthByKey(trim);
  const vms = new Map(scene.vms.map((vm) => [vm.id, vm]));
  return moves
    .map((move) => ({
      move,
      worth: move.action_id === null ? null : (worths.get(move.key) ?? null),
      ramToCopy: move.live ? (vms.get(move.vm_id)?.ram ?? null) : null,
      moved: movedInWords(vms.get(move.vm_id)?.moved, scene.history),
      projectId: vms.get(move.vm_id)?.project_id ?? null,
    }))
    .sort((a, b) => (a.worth?.place ?? moves.length + 1) - (b.worth?.place ?? moves.length + 1));
}

function worthByKey({ moves, points, stops }: Trim): Map<string, Worth> {
  const most = Math.max(0, ...moves.map(({ brings }) => brings ?? 0));
  return new Map(
    moves.flatMap(({ numbers, brings, needs }, at) => {
      const place = at + 1;
      const own = {
        place,
        brings,
        part: most === 0 ? 0 : Math.max(0, (100 * (brings ?? 0)) / most),
        total: shareOfGain(points, place),
        needs,
        emptied: stops.find((stop) => stop.moves === place)?.hosts ?? [],
      };
      return numbers.map((number, i): [string, Worth] => [String(number), { ...own, isFirst: i === 0 }]);
    }),
  );
}
