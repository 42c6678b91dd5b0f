/** Lets at most `max` works of one key run at a time; the others wait for their turn, in order. */
export function openTurns(max: number) {
  const busy = new Map<string, { running: number; waiting: (() => void)[] }>();

  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const line = busy.get(key) ?? { running: 0, waiting: [] };
    busy.set(key, line);
    if (line.running < max) line.running++;
    // One that ends hands over its place.
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.running === 0) busy.delete(key);
    }
  };
}
