/** How long work may hold the event loop before it yields. */
const SLICE_MS = 8;

/** Lets pending events run before it resolves. */
export const yieldNow = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** For long work in many steps: await the returned function between steps; it yields once a time slice is used up. */
export function openYield(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await yieldNow();
    since = performance.now();
  };
}

/** Runs work that pauses between its steps, and yields in a pause once a time slice is used up. */
export async function inSteps<T>(work: Generator<undefined, T>, yieldIfDue: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await yieldIfDue();
  }
}
