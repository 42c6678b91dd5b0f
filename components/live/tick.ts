/**
 * When the page is brought up to date: every so many seconds while somebody looks, at once on return to the tab where it
 * is due, and when asked. One tick for all that is shown.
 */
export type TickState = {
  /** When the next refresh is due; ms. */
  dueAt: number;
  /** A refresh is under way. */
  busy: boolean;
};

export type Tick = {
  read(): TickState;
  subscribe(changed: () => void): () => void;
  /** Refreshes now. A second call while one is under way joins it. */
  refresh(): Promise<void>;
  /** Begins to watch the clock and the tab; the answer ends it. */
  begin(): () => void;
};

export function openTick(seconds: number, work: () => Promise<unknown>): Tick {
  const listeners = new Set<() => void>();
  let state: TickState = { dueAt: Date.now() + seconds * 1000, busy: false };
  let running: Promise<void> | undefined;

  const set = (next: TickState) => {
    state = next;
    for (const changed of listeners) changed();
  };

  function refresh(): Promise<void> {
    running ??= (async () => {
      set({ ...state, busy: true });
      try {
        await work();
      } finally {
        running = undefined;
        set({ dueAt: Date.now() + seconds * 1000, busy: false });
      }
    })();
    return running;
  }

  const refreshIfDue = () => {
    // What failed says so in its own place; the tick goes on.
    if (!document.hidden && Date.now() >= state.dueAt) refresh().catch(() => {});
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
