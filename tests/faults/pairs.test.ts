import { afterEach, describe, it, vi } from 'vitest';
import { describeBreak, PAIRS } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** How many pairs; or `all`, each from the start and later; or `2/4` for the second of four parts of all. */
const WANTED = process.env.FAULT_PAIRS ?? '60';
const [part = 1, parts = 1] = /^\d+\/\d+$/.test(WANTED) ? WANTED.split('/').map(Number) : [];
const isAll = WANTED === 'all' || parts > 1;

/** Evenly spread over all pairs, so that each service and kind is among them; a prime step reaches all of them. */
const CHOSEN = isAll
  ? PAIRS.filter((_, at) => at % parts === part - 1)
  : Array.from({ length: Number(WANTED) }, (_, n) => PAIRS[(n * 2_003) % PAIRS.length] ?? PAIRS[0]);

describe('the product with two faults at once', () => {
  it.each(CHOSEN.flatMap((pair, at) => (pair ? [[pair.map(describeBreak).join(', '), pair, at] as const] : [])))(
    '%s',
    async (_, pair, at) => {
      if (isAll || at % 2 === 0) await breakFirst(pair);
      if (isAll || at % 2 === 1) await breakLater(pair);
    },
  );
});
