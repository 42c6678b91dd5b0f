import { afterEach, describe, it, vi } from 'vitest';
import { describeBreak, PAIRS } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** How many; or `all`, each from the start and later; or the second of four parts of all, side by side or one after another: `2/4`. */
const WANTED = process.env.FAULT_PAIRS ?? '60';
const [part = 1, parts = 1] = /^\d+\/\d+$/.test(WANTED) ? WANTED.split('/').map(Number) : [];
const isAll = WANTED === 'all' || parts > 1;

/** Evenly spread over all pairs, so that each service and each kind is among them; a prime step meets all of them. */
const CHOSEN = isAll
  ? PAIRS.filter((_, at) => at % parts === part - 1)
  : Array.from({ length: Number(WANTED) }, (_, n) => PAIRS[(n * 2_003) % PAIRS.length] ?? PAIRS[0]);

describe('two broken at once', () => {
  it.each(CHOSEN.flatMap((pair, at) => (pair ? [[pair.map(describeBreak).join(', '), pair, at] as const] : [])))(
    '%s',
    async (_, pair, at) => {
      if (isAll || at % 2 === 0) await breakFirst(pair);
      if (isAll || at % 2 === 1) await breakLater(pair);
    },
  );
});
