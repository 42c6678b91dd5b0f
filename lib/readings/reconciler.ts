import { HOUR_MS, SECOND_MS } from '@/lib/units';

/** Reads a full list in the background from time to time, to correct what refreshes have missed. */

export type ReconcilerTimes = {
  clock: () => number;
  /** Time from one full list to the next; ms. */
  everyMs: number;
  /** Pause between two pages, to leave the service time for other requests; ms. */
  pauseMs: number;
};

export const RECONCILE: ReconcilerTimes = { clock: Date.now, everyMs: HOUR_MS, pauseMs: SECOND_MS };

type Reconciler<T> = {
  startIfDue(): void;
  /** The last full list, until `done` is called. */
  result(): T | undefined;
  /** To be called when a full list has been used: this one, or one read elsewhere. */
  done(): void;
};

/**
 * @param walk reads the list and awaits `pause` after each page. If it throws, the attempt ends silently, since refreshes
 * report a failing source; the next attempt starts at its normal time
 */
export function openReconciler<T>(
  { clock, everyMs, pauseMs }: ReconcilerTimes,
  walk: (pause: () => Promise<void>) => Promise<T>,
): Reconciler<T> {
  let lastAt = clock();
  let running = false;
  let found: T | undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, pauseMs).unref();
    });
  async function run(): Promise<void> {
    try {
      found = await walk(pause);
    } catch {
      found = undefined;
    } finally {
      running = false;
    }
  }
  return {
    startIfDue() {
      if (running || clock() - lastAt < everyMs) return;
      running = true;
      lastAt = clock();
      void run();
    },
    result: () => found,
    done() {
      found = undefined;
      lastAt = clock();
    },
  };
}
