import { afterEach, describe, it, vi } from 'vitest';
import { KINDS, SERVICES } from '../faults/kinds';
import { breakFirst, breakLater } from '../faults/promise';

/** One fault for each service; npm run test:faults tries all faults, alone and in pairs. */

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const CASES = SERVICES.flatMap((service, at) => {
  const kind = KINDS[(at * 3) % KINDS.length];
  return kind ? [{ service, kind }] : [];
});

describe('the product when a service breaks', () => {
  it.each(CASES)('keeps its promises with $service: $kind.name from the start', async (single) => {
    await breakFirst([single], true);
  });
  it.each(CASES)('keeps its promises with $service: $kind.name later', async (single) => {
    await breakLater([single], true);
  });
});
