import { describe, expect, it } from 'vitest';
import { describeHistory, timeTicks } from '@/components/charts/history';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 1, 12, 12);
const clock = (at: number) => new Date(at).toISOString().slice(11, 16);

describe('the history of a load', () => {
  it.each([
    [NOON + 60_000, NOON + HOUR + 60_000, ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00']],
    [NOON, NOON + 6 * HOUR, ['12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00']],
    [NOON - 60_000, NOON + 24 * HOUR - 60_000, ['12:00', '16:00', '20:00', '00:00', '04:00', '08:00']],
  ])('has whole times of day on its axis', (from, until, expected) => {
    expect(timeTicks(from, until).map(clock)).toEqual(expected);
  });

  it('is told in a sentence', () => {
    const points = [61, null, 94, 90].map((value, at) => ({ at: NOON + at * HOUR, value }));
    expect(describeHistory('CPU of cmp-1', points)).toBe(
      'CPU of cmp-1: between 61% and 94%, highest at 14:00 UTC, 90% at 15:00 UTC. There are gaps. The same figures are in the table view.',
    );
    expect(describeHistory('RAM of cmp-1', [{ at: NOON, value: null }])).toBe('RAM of cmp-1: nothing was measured.');
  });
});
