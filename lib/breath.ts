/** So long may work keep everybody else waiting; ms. */
const AT_ONCE_MS = 8;

/** Lets others have their turn now. */
export const giveTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** For work in many steps: to be awaited between two of them, it lets others have their turn when it is time. */
export function openBreath(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_ONCE_MS) return;
    await giveTurn();
    since = performance.now();
  };
}
