import { describe, expect, it } from 'vitest';
import { batchSizes } from '@/lib/domain/careful/batches';

const sizes = (moves: number, more: Partial<Parameters<typeof batchSizes>[0]> = {}) =>
  batchSizes({ taken: 0, moves, hosts: 24, width: null, ...more });

describe('the steps of a careful run', () => {
  it('begin with one move alone, and grow', () => {
    expect(sizes(13)).toEqual([1, 2, 4, 6]);
    expect(sizes(168, { hosts: 400 })).toEqual([1, 2, 4, 40, 40, 40, 41]);
  });

  it('end where the moves end', () => {
    expect(sizes(0)).toEqual([]);
    expect(sizes(1)).toEqual([1]);
    expect(sizes(2)).toEqual([1, 1]);
    expect(sizes(5)).toEqual([1, 2, 2]);
  });

  it('are of about the same size once they no longer grow', () => {
    expect(sizes(17)).toEqual([1, 2, 4, 5, 5]);
    expect(sizes(15)).toEqual([1, 2, 4, 4, 4]);
  });

  it('have the size that somebody chose, after the first', () => {
    expect(sizes(8, { width: 3 })).toEqual([1, 2, 2, 3]);
    expect(sizes(4, { width: 1 })).toEqual([1, 1, 1, 1]);
  });

  it('go on where they were', () => {
    expect(sizes(6, { taken: 2 })).toEqual([4, 2]);
    expect(sizes(10, { taken: 3 })).toEqual([5, 5]);
    expect(sizes(3, { taken: 1, width: 5 })).toEqual([3]);
  });

  it('have no move twice and forget none', () => {
    for (let moves = 0; moves < 300; moves++) {
      for (const hosts of [3, 24, 100, 400, 1_000]) {
        const all = sizes(moves, { hosts });
        expect(all.reduce((sum, size) => sum + size, 0)).toBe(moves);
        expect(Math.max(0, ...all)).toBeLessThanOrEqual(Math.max(6, Math.floor((hosts / 10) * 1.1)));
      }
    }
  });
});
