/**
 * When the page is brought up to date: every so many seconds while somebody looks, at once on return to the tab where it
 * is due, and when asked. One tick for all that is shown.
 */
export type TickState = {
  /** When the next refresh is due; ms. */
  dueAt: number;
  /** A refresh is under way. */
  busy: boolean;
  /** Since when the server has not been reached; null while it is. */
  lost: { since: number } | null;
};

export type Tick = {
  read(): TickState;
  subscribe(changed: () => void): () => void;
  /** Refreshes now. A second call while one is under way joins it. Never rejects. */
  refresh(): Promise<void>;
  /** Begins to watch the clock and the tab; the answer ends it. */
  begin(): () => void;
};

/** A server that is gone is looked for more often than a page is refreshed. */
const LOST_SECONDS = 15;

/** @param work brings all up to date; rejects where the server is not reached */
export function openTick(seconds: number, work: () => Promise<unknown>): Tick {
  const listeners = new Set<() => void>();
  let reachedAt = Date.now();
  let state: TickState = { dueAt: reachedAt + seconds * 1000, busy: false, lost: null };
  let running: Promise<void> | undefined;

  const set = (next: TickState) => {
    state = next;
    for (const changed of listeners) changed();
  };

  async function run(): Promise<void> {
    set({ ...state, busy: true });
    const reached = await work().then(
      () => true,
      () => false,
    );
    running = undefined;
    if (reached) reachedAt = Date.now();
    const wait = reached ? seconds : Math.min(seconds, LOST_SECONDS);
    set({ dueAt: Date.now() + wait * 1000, busy: false, lost: reached ? null : { since: reachedAt } });
  }

  function refresh(): Promise<void> {
    running ??= run();
    return running;
  }

  const refreshIfDue = () => {
    if (!document.hidden && Date.now() >= state.dueAt) refresh();
  };

  return {
    read: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    refresh,
    begin() {
      const timer = setInterval(refreshIfDue, 1000);
      document.addEventListener('visibilitychange', refreshIfDue);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', refreshIfDue);
      };
    },
  };
}
