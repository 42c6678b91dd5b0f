/** Now and then reads a whole list beside the refreshes, so that what they missed does not stay wrong for ever. */

export type ReconcilerTimes = {
  clock: () => number;
  /** How long after one whole list the next begins; ms. */
  everyMs: number;
  /** Between two pages, so that nobody else has to wait; ms. */
  pauseMs: number;
};

export const RECONCILE: ReconcilerTimes = { clock: Date.now, everyMs: 3_600_000, pauseMs: 1_000 };

type Reconciler<T> = {
  /** Begins, where it is time. */
  startIfDue(): void;
  /** The last whole list, until `done`. */
  result(): T | undefined;
  /** A whole list is in use: this one, or one that was read otherwise. */
  done(): void;
};

/**
 * @param walk reads the list and calls `pause` after each page. What it throws ends this attempt, and the next one begins in
 * its time: a source that fails is told of by the refreshes
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
