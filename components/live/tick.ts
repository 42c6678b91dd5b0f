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
  /** The same because a person asks, so that sources that fail are tried again. */
  retry(): Promise<void>;
  /** Starts watching the clock and the tab. @returns how to stop */
  begin(): () => void;
};

/** How often to retry a server that does not answer. */
const LOST_SECONDS = 15;

/** @param work refreshes everything, sources that fail too if it is a retry; rejects if the server does not answer */
export function openTick(seconds: number, work: (isRetry: boolean) => Promise<unknown>): Tick {
  const listeners = new Set<() => void>();
  let reachedAt = Date.now();
  let state: TickState = { dueAt: reachedAt + seconds * 1000, busy: false, lost: null };
  let running: Promise<void> | undefined;

  const set = (next: TickState) => {
    state = next;
    for (const changed of listeners) changed();
  };

  async function run(isRetry: boolean): Promise<void> {
    set({ ...state, busy: true });
    const reached = await work(isRetry).then(
      () => true,
      () => false,
    );
    running = undefined;
    if (reached) reachedAt = Date.now();
    const wait = reached ? seconds : Math.min(seconds, LOST_SECONDS);
    set({ dueAt: Date.now() + wait * 1000, busy: false, lost: reached ? null : { since: reachedAt } });
  }

  function start(isRetry: boolean): Promise<void> {
    running ??= run(isRetry);
    return running;
  }
  const refresh = () => start(false);

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
    retry: () => start(true),
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
