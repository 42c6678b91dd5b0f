import { afterEach, describe, it, vi } from 'vitest';
import { describeBreak, PAIRS } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const WANTED = process.env.FAULT_PAIRS ?? '60';

/** Evenly spread over all pairs, so that each service and each kind is among them; a prime step meets all of them. */
const CHOSEN =
  WANTED === 'all'
    ? PAIRS
    : Array.from({ length: Number(WANTED) }, (_, n) => PAIRS[(n * 2_003) % PAIRS.length] ?? PAIRS[0]);

describe('two broken at once', () => {
  it.each(CHOSEN.flatMap((pair, at) => (pair ? [[pair.map(describeBreak).join(', '), pair, at] as const] : [])))(
    '%s',
    async (_, pair, at) => {
      if (WANTED === 'all' || at % 2 === 0) await breakFirst(pair);
      if (WANTED === 'all' || at % 2 === 1) await breakLater(pair);
    },
  );
});
