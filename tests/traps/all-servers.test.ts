import { describe, expect, it } from 'vitest';
import { ALL_SERVERS, readBothWays } from './all-servers';
import { STORES } from './stores';

const SCRAPE = 15_000;
const NOW = Math.floor(Date.now() / SCRAPE) * SCRAPE - 5_000;
/** Half an hour of samples that end now. */
const TIMES = Array.from({ length: 120 }, (_, i) => NOW - i * SCRAPE).reverse();

describe.each(STORES)('the use of all VMs in %s', (_, open) => {
  it.each(ALL_SERVERS)('is that of each VM: %s', async (__, build) => {
    const { prometheus, close } = await open(build(NOW), TIMES);
    try {
      const { all, each } = await readBothWays(prometheus, NOW + 3_000);
      expect(all.size).toBeGreaterThan(4);
      expect(all).toEqual(each);
    } finally {
      await close();
    }
  });
});
