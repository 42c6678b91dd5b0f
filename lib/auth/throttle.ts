/** A thing that may fail so often within one window before nobody may try it any more. */
export type Limit = { key: string; most: number };

export type Throttle = {
  /** Counts an attempt against all limits; milliseconds to wait where one of them is reached, and then counts nothing. */
  attempt(limits: Limit[]): number;
  /** Takes back one attempt that was no failure. */
  forgive(limits: Limit[]): void;
  /** What was counted for these is forgotten. */
  clear(limits: Limit[]): void;
};

const WINDOW_MS = 5 * 60_000;
const KEPT = 10_000;

/** Counts attempts before their outcome is known, so that many at once gain nothing. */
export function openThrottle(clock: () => number): Throttle {
  const counts = new Map<string, { count: number; until: number }>();
  const countOf = (key: string) => {
    const found = counts.get(key);
    return found && found.until > clock() ? found : undefined;
  };

  return {
    attempt(limits) {
      const waits = limits.map(({ key, most }) => {
        const found = countOf(key);
        return found && found.count >= most ? found.until - clock() : 0;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) return wait;
      for (const { key } of limits) {
        const found = countOf(key) ?? { count: 0, until: clock() + WINDOW_MS };
        counts.delete(key);
        counts.set(key, { ...found, count: found.count + 1 });
      }
      for (const oldest of counts.keys()) {
        if (counts.size <= KEPT) break;
        counts.delete(oldest);
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
