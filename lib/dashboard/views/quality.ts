import 'server-only';
import type { ReadingSet } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';

/** What the headers of an answer say about its data. */
export type Quality = { state: 'fresh' | 'stale' | 'partial'; asOf: number | null; unknown: string[] };

/**
 * The quality of an answer's data: `partial` if a number stands for something unknown, otherwise `stale` if a reading
 * is older than its TTL. `asOf` is the time of the oldest reading.
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
