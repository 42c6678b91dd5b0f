import { afterEach, describe, it, vi } from 'vitest';
import { KINDS, SERVICES } from '../faults/kinds';
import { breakFirst, breakLater } from '../faults/promise';

/** One way of breaking for each service; all of them, alone and in pairs: npm run test:faults. */

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const CASES = SERVICES.flatMap((service, at) => {
  const kind = KINDS[(at * 3) % KINDS.length];
  return kind ? [{ service, kind }] : [];
});

describe('what the product promises whatever breaks', () => {
  it.each(CASES)('holds for $service: $kind.name, from the start', async (single) => {
    await breakFirst([single], true);
  });
  it.each(CASES)('holds for $service: $kind.name, later', async (single) => {
    await breakLater([single], true);
  });
});
