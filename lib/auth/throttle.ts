import { MINUTE_MS } from '../units';

/** Something that may fail at most this often within one window. */
export type Limit = { key: string; max: number };

export type Throttle = {
  /**
   * Counts an attempt against all limits. If one is reached, counts nothing and returns the milliseconds to wait;
   * otherwise 0.
   */
  attempt(limits: Limit[]): number;
  /** The milliseconds to wait, as `attempt` returns them, without counting. */
  waitFor(limits: Limit[]): number;
  /** How many attempts are left before one of the limits is reached. */
  left(limits: Limit[]): number;
  /** Takes back an attempt that was not a failure. */
  forgive(limits: Limit[]): void;
  /** Resets the counts. */
  clear(limits: Limit[]): void;
};

const WINDOW_MS = 5 * MINUTE_MS;
const KEPT_COUNTS = 10_000;

type Counted = { count: number; until: number };

/**
 * Counts attempts before their outcome is known, so that many at once gain nothing. When too many keys are counted, one
 * with the lowest count is dropped, and of those the one that was counted longest ago: noise has low counts, so it only
 * replaces noise.
 */
export function openThrottle(clock: () => number): Throttle {
  // The window of a key does not move, so the first ones here end first.
  const counts = new Map<string, Counted>();
  /** The keys by count, counted longest ago first. */
  const keysByCount = new Map<number, Set<string>>();

  const countOf = (key: string) => {
    const found = counts.get(key);
    return found && found.until > clock() ? found : undefined;
  };

  function move(key: string, from: number, to: number): void {
    keysByCount.get(from)?.delete(key);
    if (to === 0) return;
    const keys = keysByCount.get(to) ?? new Set();
    keysByCount.set(to, keys.add(key));
  }

  function drop(key: string): void {
    const found = counts.get(key);
    if (!found) return;
    counts.delete(key);
    move(key, found.count, 0);
  }

  function makeRoom(): void {
    for (const [key, { until }] of counts) {
      if (until > clock()) break;
      drop(key);
    }
    if (counts.size < KEPT_COUNTS) return;
    const lowest = Math.min(...[...keysByCount].flatMap(([count, keys]) => (keys.size > 0 ? [count] : [])));
    const [oldest] = keysByCount.get(lowest) ?? [];
    if (oldest !== undefined) drop(oldest);
  }

  function set(key: string, found: Counted, count: number): void {
    move(key, found.count, count);
    if (count === 0) counts.delete(key);
    else found.count = count;
  }

  function waitFor(limits: Limit[]): number {
    const waits = limits.map(({ key, max }) => {
      const found = countOf(key);
      return found && found.count >= max ? found.until - clock() : 0;
    });
    return Math.max(0, ...waits);
  }

  return {
    waitFor,
    left: (limits) => Math.max(0, Math.min(...limits.map(({ key, max }) => max - (countOf(key)?.count ?? 0)))),
    attempt(limits) {
      const wait = waitFor(limits);
      if (wait > 0) return wait;
      for (const { key } of limits) {
        const found = countOf(key);
        if (found) {
          set(key, found, found.count + 1);
          continue;
        }
        drop(key);
        makeRoom();
        const begun = { count: 0, until: clock() + WINDOW_MS };
        counts.set(key, begun);
        set(key, begun, 1);
      }
      return 0;
    },
    forgive(limits) {
      for (const { key } of limits) {
        const found = countOf(key);
        if (found) set(key, found, found.count - 1);
      }
    },
    clear(limits) {
      for (const { key } of limits) drop(key);
    },
  };
}
