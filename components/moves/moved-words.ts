import type { MoveHistory, VmMoves } from '@/lib/contract/v1/vm-moves';
import { formatAge, formatThings } from '@/lib/format';

/** "moved 2 h ago, 3 times in 7 d"; null if it has not moved, or nobody knows. */
export function movedInWords(moved: VmMoves | null | undefined, { as_of: asOf }: MoveHistory): string | null {
  if (!moved || moved.last_at === null || asOf === null) return null;
  return `moved ${formatAge(asOf - moved.last_at)} ago, ${formatThings(moved.in_7_days, 'time')} in 7\u202fd`;
}
