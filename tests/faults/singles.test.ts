import { afterEach, describe, it, vi } from 'vitest';
import { describeBreak, SINGLES } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('broken from the start', () => {
  it.each(SINGLES.map((single) => [describeBreak(single), single] as const))('%s', async (_, single) => {
    await breakFirst([single]);
  });
});

describe('broken later', () => {
  it.each(SINGLES.map((single) => [describeBreak(single), single] as const))('%s', async (_, single) => {
    await breakLater([single]);
  });
});
