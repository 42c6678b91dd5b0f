import { describe, expect, it } from 'vitest';
import { dueAge } from '@/lib/dashboard/background';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const times = { ttlMs: 120 * SECOND, maxStaleMs: 900 * SECOND, lastFillMs: 2 * SECOND };

describe('the background', () => {
  it('refreshes before the TTL is up while someone is looking, early enough for the time a reading takes', () => {
    expect(dueAge(times, 0)).toBe(115 * SECOND);
    expect(dueAge(times, 6 * MINUTE)).toBe(115 * SECOND);
    expect(dueAge({ ...times, lastFillMs: 10 * MINUTE }, 0)).toBe(90 * SECOND);
  });

  it('refreshes rarely when nobody is looking, but before readings become too old to show', () => {
    expect(dueAge(times, 7 * MINUTE)).toBe(450 * SECOND);
    expect(dueAge(times, Number.POSITIVE_INFINITY)).toBe(450 * SECOND);
    expect(dueAge({ ...times, maxStaleMs: 3_600 * SECOND }, Number.POSITIVE_INFINITY)).toBe(600 * SECOND);
    expect(dueAge({ ...times, maxStaleMs: 120 * SECOND }, Number.POSITIVE_INFINITY)).toBe(115 * SECOND);
  });
});
