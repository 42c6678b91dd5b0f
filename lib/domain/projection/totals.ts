import type { MoveProblem, PlanTotals } from '@/lib/contract/v1/projection';
import type { ProjectedVm } from './snapshot';
import { isApplied } from './walk';

export type CountedMove = {
  source: string | null;
  destination: string | null;
  live: boolean;
  problem: MoveProblem | null;
};

/** A move without history took place, or was meant to; only its effect can’t be computed. */
const isLeft = ({ problem }: CountedMove): boolean => isApplied(problem) || problem === 'no-history';

/**
 * What moves cost. RAM to copy is the flavor's: a live migration copies the pages that the VM has touched, its page cache
 * included, so what it needs itself says too little. A cold migration copies disks instead.
 *
 * @param vmOf what moves; undefined if Nova does not have it
 */
export function sumMoves<Move extends CountedMove>(
  moves: Move[],
  vmOf: (move: Move) => Pick<ProjectedVm, 'ram' | 'cores_basis'> | undefined,
): Omit<PlanTotals, 'shutdowns'> {
  const left = moves.filter(isLeft);
  const places = left.flatMap(({ source, destination }) => [source, destination]);
  return {
    moves: moves.length,
    moves_left: left.length,
    moves_estimated: left.filter((move) => isApplied(move.problem) && vmOf(move)?.cores_basis === 'estimated').length,
    hosts_touched: new Set(places.filter((place) => place !== null)).size,
    ram_to_copy: sumKnown(left.filter(({ live }) => live).map((move) => vmOf(move)?.ram ?? null)),
  };
}

function sumKnown(values: (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
