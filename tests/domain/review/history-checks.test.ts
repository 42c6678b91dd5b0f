import { describe, expect, it } from 'vitest';
import type { VmMoves } from '@/lib/contract/v1/vm-moves';
import { NO_MOVES } from '@/lib/domain/cluster/vm-moves';
import { reviewPlan } from '@/lib/domain/review/review';
import { host, move, scene, vm } from './scene';

const AS_OF = Date.UTC(2026, 2, 1, 3);
const HOUR = 3_600_000;

const review = (moved: Partial<VmMoves> | undefined, asOf: number | null = AS_OF) =>
  reviewPlan(
    scene({
      hosts: [host('a', 40), host('b', 20)],
      vms: [vm('1', 'a', moved && { moved: { ...NO_MOVES, ...moved } })],
      steps: [move('1', 'a', 'b')],
      history: { as_of: asOf, since: null, reason: null },
    }),
  ).moves[0]?.reasons.map(({ text }) => text);

describe('a move of a VM that has moved lately', () => {
  it('is warned of if it takes it back to the host that it left', () => {
    expect(review({ left: [{ host: 'b', at: AS_OF - 2 * HOUR }] })).toEqual([
      'It left b 2\u202fh ago: this move takes it back there.',
    ]);
    expect(review({ left: [{ host: 'c', at: AS_OF - 2 * HOUR }] })).toEqual([]);
  });

  it('is warned of if it moves too often', () => {
    expect(review({ too_often: 'It moves too often: 4 times in 7 days.' })).toEqual([
      'It moves too often: 4 times in 7 days.',
    ]);
  });

  it('is not judged while nobody knows', () => {
    expect(review(undefined)).toEqual([]);
    expect(review({ left: [{ host: 'b', at: 0 }] }, null)).toEqual([]);
  });
});
