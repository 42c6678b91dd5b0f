import { describe, expect, it } from 'vitest';
import { spreadOverTime } from '@/lib/domain/projection/spread-history';

const LIMITS = { warm: 70, hot: 85 };
const points = (...percents: (number | null)[]) =>
  percents.flatMap((percent, at) => (percent === null ? [] : [{ at, percent }]));

describe('the spread over time', () => {
  it('is the standard deviation of the hosts at each time, with how many were hot', () => {
    const histories = new Map([
      ['a', points(40, 90)],
      ['b', points(60, 50)],
    ]);
    expect(spreadOverTime(histories, [0, 1], LIMITS)).toEqual([
      { at: 0, spread: 10, hot: 0, hosts: 2 },
      { at: 1, spread: 20, hot: 1, hosts: 2 },
    ]);
  });

  it('has a gap where less than nine of ten hosts were measured', () => {
    const histories = new Map(
      Array.from({ length: 10 }, (_, i) => [`h${i}`, points(50, i < 9 ? 50 : null, i < 8 ? 50 : null)]),
    );
    expect(spreadOverTime(histories, [0, 1, 2], LIMITS).map(({ at, hosts }) => [at, hosts])).toEqual([
      [0, 10],
      [1, 9],
    ]);
  });
});
