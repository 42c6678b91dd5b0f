import { afterEach, describe, it, vi } from 'vitest';
import { describeBreak, SINGLES } from './kinds';
import { breakFirst, breakLater } from './promise';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a fault from the start', () => {
  it.each(SINGLES.map((single) => [describeBreak(single), single] as const))('%s', async (_, single) => {
    await breakFirst([single]);
  });
});

describe('a fault that comes later', () => {
  it.each(SINGLES.map((single) => [describeBreak(single), single] as const))('%s', async (_, single) => {
    await breakLater([single]);
  });
});
