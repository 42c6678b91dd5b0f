import type { ComparedMove, ComparedMoves } from '@/lib/contract/v1/compare';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';

/**
 * The moves of two plans side by side, by VM: where each VM would end up, since a plan may move a VM more than once. Moves that
 * are left out or over are in neither.
 */
export function compareMoves(left: ReviewResult, right: ReviewResult): ComparedMoves {
  const [a, b] = [endsOf(left), endsOf(right)];
  const rows = [...new Set([...a.keys(), ...b.keys()])].map((id): ComparedMove => {
    const [one, other] = [a.get(id), b.get(id)];
    return {
      vm_id: id,
      vm_name: one?.name ?? other?.name ?? id,
      source: one?.source ?? other?.source ?? null,
      left: one?.destination ?? null,
      right: other?.destination ?? null,
      left_verdict: one?.verdict ?? null,
      right_verdict: other?.verdict ?? null,
    };
  });
  const isIn = (ends: typeof a, row: ComparedMove) => ends.has(row.vm_id);
  return {
    common: rows.filter((row) => isIn(a, row) && isIn(b, row) && row.left === row.right),
    differing: rows.filter((row) => isIn(a, row) && isIn(b, row) && row.left !== row.right),
    only_left: rows.filter((row) => !isIn(b, row)),
    only_right: rows.filter((row) => !isIn(a, row)),
  };
}

type End = { name: string; source: string | null; destination: string | null; verdict: ComparedMove['left_verdict'] };

function endsOf({ moves }: ReviewResult): Map<string, End> {
  const ends = new Map<string, End>();
  for (const { vm_id: id, vm_name: name, source, destination, verdict } of moves) {
    if (verdict !== null) ends.set(id, { name, source: ends.get(id)?.source ?? source, destination, verdict });
  }
  return ends;
}
