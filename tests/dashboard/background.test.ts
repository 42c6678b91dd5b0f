import { describe, expect, it } from 'vitest';
import { dueAge } from '@/lib/dashboard/background';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';

const times = { ttlMs: 120 * SECOND_MS, maxStaleMs: 900 * SECOND_MS, lastFillMs: 2 * SECOND_MS };

describe('the background', () => {
  it('refreshes before the TTL is up while someone is looking, early enough for the time a reading takes', () => {
    expect(dueAge(times, 0)).toBe(115 * SECOND_MS);
    expect(dueAge(times, 6 * MINUTE_MS)).toBe(115 * SECOND_MS);
    expect(dueAge({ ...times, lastFillMs: 10 * MINUTE_MS }, 0)).toBe(90 * SECOND_MS);
  });

  it('refreshes rarely when nobody is looking, but before readings become too old to show', () => {
    expect(dueAge(times, 7 * MINUTE_MS)).toBe(450 * SECOND_MS);
    expect(dueAge(times, Number.POSITIVE_INFINITY)).toBe(450 * SECOND_MS);
    expect(dueAge({ ...times, maxStaleMs: 3_600 * SECOND_MS }, Number.POSITIVE_INFINITY)).toBe(600 * SECOND_MS);
    expect(dueAge({ ...times, maxStaleMs: 120 * SECOND_MS }, Number.POSITIVE_INFINITY)).toBe(115 * SECOND_MS);
  });
});
