import { describe, expect, it } from 'vitest';
import { ALL_SERVERS, readBothWays } from '../traps/all-servers';
import { evaluatedBy } from '../traps/evaluated';

/** Use read for all VMs at once is what is read one by one. tests/traps checks the same with a real Prometheus. */

const IN_ADDRESS = 4_000;
/** Fleets of VMs that all have been where they are for a window. */
const SETTLED = ALL_SERVERS.slice(0, 7);

describe.each([
  ['queries in the body', true],
  ['queries in the address', false],
])('the use of all VMs, with %s', (_, takesLongLists) => {
  it.each(ALL_SERVERS)('is that of each VM: %s', async (__, build) => {
    const now = Date.now();
    const { prometheus, queries } = evaluatedBy(build(now), { now, takesLongLists });
    const { all, each } = await readBothWays(prometheus, now);
    expect(all.size).toBeGreaterThan(4);
    expect(all).toEqual(each);
    expect(queries.every((query) => takesLongLists || encodeURIComponent(query).length < IN_ADDRESS)).toBe(true);
  });

  it.each(SETTLED)('is read without asking for single VMs: %s', async (__, build) => {
    const now = Date.now();
    const { prometheus, queries } = evaluatedBy(build(now), { now, takesLongLists });
    await readBothWays(prometheus, now);
    // Only when they are read one by one.
    expect(queries.filter((query) => /0{7}-0000-4000/.test(query))).toHaveLength(1);
  });
});
