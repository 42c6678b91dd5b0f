/**
 * Decides when the page is refreshed: at an interval while its tab is visible, on return to the tab if a refresh is
 * due, and on demand.
 */
export type TickState = {
  /** When the next refresh is due; ms. */
  dueAt: number;
  /** A refresh is running. */
  busy: boolean;
  /** Since when the server has not answered (ms); null while it does. */
  lost: { since: number } | null;
};

export type Tick = {
  read(): TickState;
  subscribe(changed: () => void): () => void;
  /** Refreshes now, or joins the refresh that is running. Never rejects. */
  refresh(): Promise<void>;
  /** Starts watching the clock and the tab. @returns how to stop */
  begin(): () => void;
};

/** How often to retry a server that does not answer. */
const LOST_SECONDS = 15;

/** @param work refreshes everything; rejects if the server does not answer */
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
