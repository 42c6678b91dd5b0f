import 'server-only';
import type { ReadingSet } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/readings';

/** What an answer says of the data behind it, in headers. */
export type Quality = { state: 'fresh' | 'stale' | 'partial'; asOf: number | null; unknown: string[] };

/**
 * How good the data of an answer is: `partial` where a number stands for something unknown, else `stale` where a reading
 * is older than its time. The age is that of the oldest reading in it.
 */
export function qualityOf(readings: ReadingSet, unknown: string[]): Quality {
  const taken = ALL_READINGS.map((name) => readings[name]).filter((reading) => reading !== null);
  const times = taken.map(({ at }) => at).filter((at) => at !== null);
  const missing = taken.some(({ state }) => state === 'missing' || state === 'partial');
  const stale = taken.some(({ state }) => state === 'stale');
  return {
    state: unknown.length > 0 || missing ? 'partial' : stale ? 'stale' : 'fresh',
    asOf: times.length === 0 ? null : Math.min(...times),
    unknown,
  };
}
