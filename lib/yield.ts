import { processWide } from './process-wide';

/** How long one turn of the event loop may be held by all work in steps together. */
const TURN_MS = 8;

/**
 * The turns of the event loop, shared by all work in steps of this process: twenty regions that are read at the same
 * time would otherwise each use a slice of the same turn.
 */
type Turns = {
  /** When the work of this turn began; null if there was none yet. */
  since: number | null;
  /** Whether the next turn is announced to us. */
  isBooked: boolean;
  waiting: (() => void)[];
};

const turns = () => processWide<Turns>('turns', () => ({ since: null, isBooked: false, waiting: [] }));

/** The real one also in tests with a clock of their own: turns are not time. */
const { setImmediate: inNextTurn } = globalThis;

function book(state: Turns): void {
  if (state.isBooked) return;
  state.isBooked = true;
  inNextTurn(() => {
    state.isBooked = false;
    state.since = null;
    const next = state.waiting.shift();
    if (!next) return;
    state.since = performance.now();
    book(state);
    next();
  });
}

/** Resolves in a later turn of the event loop, in which nobody else's step runs first. */
export const yieldNow = (): Promise<void> =>
  new Promise((resolve) => {
    const state = turns();
    state.waiting.push(resolve);
    book(state);
  });

/** For long work in many steps: to be awaited between steps; yields once this turn's time is used up. */
export async function yieldIfDue(): Promise<void> {
  const state = turns();
  if (state.since === null) {
    state.since = performance.now();
    book(state);
  } else if (performance.now() - state.since >= TURN_MS) {
    await yieldNow();
  }
}

/** Runs work that pauses between its steps, and yields in a pause if that is due. */
export async function inSteps<T>(work: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await yieldIfDue();
  }
}
