import { describe, expect, it } from 'vitest';
import { listHotTimes } from '@/lib/domain/projection/hot-times';

const LIMITS = { warm: 50, hot: 80 };
const points = (...percents: number[]) => percents.map((percent, at) => ({ at, percent }));
const hot = (hosts: Record<string, number[]>) =>
  listHotTimes(new Map(Object.entries(hosts).map(([host, percents]) => [host, points(...percents)])), LIMITS);

describe('when hosts were hot', () => {
  it('reaches from the first hot measurement to the next that was not', () => {
    expect(hot({ a: [10, 80, 90, 20, 85] }).hosts).toEqual([
      {
        host: 'a',
        times: [
          { from: 1, until: 3 },
          { from: 4, until: 4 },
        ],
        is_hot: true,
      },
    ]);
  });

  it('lists hosts that were hot the longest first, and leaves out those that were not', () => {
    expect(hot({ a: [10, 20, 30], b: [90, 10, 10], c: [90, 90, 10] }).hosts.map(({ host }) => host)).toEqual([
      'c',
      'b',
    ]);
  });

  it('names twenty hosts and counts the others', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`h${i}`, [90, 10]]));
    const { hosts, total } = hot(many);
    expect([hosts.length, total]).toEqual([20, 30]);
  });
});
