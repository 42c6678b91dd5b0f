import { describe, expect, it } from 'vitest';
import { balanceOf } from '@/lib/domain/projection/balance';

const shares = (...percentages: (number | null)[]) =>
  percentages.map((percentage, i) => ({ host: `h${i}`, percentage }));

describe('the balance score', () => {
  it('is 100 minus twice the deviation: 100 for equal hosts, 0 if half are full and half are empty', () => {
    expect(balanceOf(shares(40, 40, 40))).toMatchObject({ score: 100, spread: 0, range: 0, mean: 40 });
    expect(balanceOf(shares(0, 100))).toMatchObject({ score: 0, spread: 50, range: 100 });
    // Both 10 away from the mean of 50.
    expect(balanceOf(shares(40, 60))).toMatchObject({ score: 80, spread: 10, range: 20, mean: 50 });
  });

  it('names the highest and the lowest host, and counts unknown hosts', () => {
    expect(balanceOf(shares(40, null, 60))).toMatchObject({
      highest: { host: 'h2', percentage: 60 },
      lowest: { host: 'h0', percentage: 40 },
      hosts: 2,
      left_out: 1,
    });
    expect(balanceOf(shares(null))).toBeNull();
    expect(balanceOf([])).toBeNull();
  });

  it('never falls below 0, even if more is allocated than exists', () => {
    expect(balanceOf(shares(0, 300))?.score).toBe(0);
  });
});
