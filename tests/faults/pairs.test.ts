import { afterEach, describe, it, vi } from 'vitest';
import { choosePairs, hasAllPairs } from './choose-pairs';
import { describeBreak, PAIRS } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the product with two faults at once', () => {
  it.each(choosePairs(PAIRS).map((pair, at) => [pair.map(describeBreak).join(', '), pair, at] as const))(
    '%s',
    async (_, pair, at) => {
      if (hasAllPairs || at % 2 === 0) await breakFirst(pair);
      if (hasAllPairs || at % 2 === 1) await breakLater(pair);
    },
  );
});
