import { LRUCache } from 'lru-cache';
import { MINUTE_MS } from '../units';

/** Something that may fail at most this often within one window. */
export type Limit = { key: string; max: number };

export type Throttle = {
  /**
   * Counts an attempt against all limits. If one is reached, counts nothing and returns the milliseconds to wait;
   * otherwise 0.
   */
  attempt(limits: Limit[]): number;
  /** Takes back an attempt that was not a failure. */
  forgive(limits: Limit[]): void;
  /** Resets the counts. */
  clear(limits: Limit[]): void;
};

const WINDOW_MS = 5 * MINUTE_MS;
const KEPT_COUNTS = 10_000;

/** Counts attempts before their outcome is known, so that many at once gain nothing. */
export function openThrottle(clock: () => number): Throttle {
  const counts = new LRUCache<string, { count: number; until: number }>({ max: KEPT_COUNTS });
  // Only a counted attempt makes an entry recent: reading must not, or rejected attempts would evict other counts.
  const countOf = (key: string) => {
    const found = counts.peek(key);
    return found && found.until > clock() ? found : undefined;
  };

  return {
    attempt(limits) {
      const waits = limits.map(({ key, max }) => {
        const found = countOf(key);
        return found && found.count >= max ? found.until - clock() : 0;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      for (const { key } of limits) {
        const found = countOf(key) ?? { count: 0, until: clock() + WINDOW_MS };
        counts.set(key, { ...found, count: found.count + 1 });
      }
      return 0;
    },
    forgive(limits) {
      for (const { key } of limits) {
        const found = countOf(key);
        if (found) found.count = Math.max(0, found.count - 1);
      }
    },
    clear(limits) {
      for (const { key } of limits) counts.delete(key);
    },
  };
}
