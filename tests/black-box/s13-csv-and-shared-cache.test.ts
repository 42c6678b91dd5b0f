import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedisServer, type RedisServer } from '../redis/server';
import { openCloud } from './support/cloud';
import { type Exported, exportsByEmptiedHost } from './support/plan-export';
import { type Product, startProduct } from './support/product';

const MIB = 1_048_576;

describe('S13: names of VMs that are text of any tenant', () => {
  const ENDINGS = [';=1+1', '\t=1+1', '; @SUM(1)', ',=1+1', ';+1', '\u202egnp.exe', '\u2067x'];
  const VM_NAME = /("(?:resource_)?name":")((?:web|api|db|cache|queue|batch|k8s-worker|ci-runner)-(\d+))"/g;
  const hostile = (text: string) =>
    text.replace(VM_NAME, (_, key, name, number) => {
      const ending = JSON.stringify(ENDINGS[Number(number) % ENDINGS.length]).slice(1, -1);
      return `${key}${name}${ending}"`;
    });

  const exported: Exported[] = [];
  beforeAll(async () => {
    const { settings } = await openCloud({ rewrite: (_, text) => hostile(text) });
    const product = await startProduct(settings);
    for await (const one of exportsByEmptiedHost(product.url)) exported.push(one);
  });
  const all = (kind: keyof Exported) => exported.map((one) => one[kind]).join('\n');

  it('begin no formula in a spreadsheet that separates by commas', () => {
    expect(all('csv')).toContain(',=1+1"');
    // A comma in quotes begins no cell.
    const cells = all('csv').replace(/(?<=,)"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(',', ' '));
    expect(cells).not.toMatch(/(^|,)[\s"]*[=+@]/m);
  });

  it('begin no formula in a spreadsheet that separates by semicolons or tabs', () => {
    expect(all('csv')).toContain('=1+1');
    expect(all('csv')).not.toMatch(/[;\t][\s"]*[=+@]/);
  });

  it.each(['markdown', 'csv', 'commands'] as const)('turn no text around, but show that they would: %s', (kind) => {
    expect(all(kind)).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(all(kind).replaceAll('\\', '')).toContain('[U+202E]');
  });
});

describe('S13: an entry of the shared cache that unpacks to 350 MiB', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await openRedisServer();
  });
  afterAll(() => redis.stop());

  const redisSays = (args: string[], input?: string) =>
    execFileSync('redis-cli', ['-u', redis.url, ...args], { encoding: 'utf8', input, maxBuffer: 64 * MIB }).trimEnd();

  /** Replaces everything that is packed. Returns how many entries that were. */
  function plantBombs(): number {
    const bomb = gzipSync(Buffer.alloc(350 * MIB)).toString('base64');
    const keys = redisSays(['--scan']).split('\n');
    const packed = keys.filter((key) => key.includes(':chunk:'));
    for (const key of packed) redisSays(['-x', 'SET', key], bomb);
    return packed.length;
  }

  const stats = async ({ url }: Product) => (await fetch(`${url}/api/stats/`)).status;
  const seconds = (count: number) => ({ timeout: 1_000 * count, interval: 100 });

  it('does not fill the memory, and the server reads the cloud itself', async () => {
    const { settings } = await openCloud();
    // Refreshes often, since a server that is just starting on a busy machine may give up connecting to Redis at first.
    const shared = { ...settings, CACHE_URL: redis.url, DASHBOARD_CACHE_TTL: '2' };
    const before = await startProduct(shared);
    await expect
      .poll(async () => (await stats(before)) === 200 && redisSays(['--scan']).includes(':chunk:'), seconds(30))
      .toBe(true);
    await before.stop();
    expect(plantBombs()).toBeGreaterThan(0);

    const after = await startProduct(shared);
    let lastStatus = 0;
    for (const end = performance.now() + 5_000; performance.now() < end; ) {
      lastStatus = await stats(after);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    console.log(`bombs in the shared cache: RSS ${Math.round(after.peakMemory() / MIB)} MiB at most`);
    expect(after.peakMemory()).toBeLessThan(600 * MIB);
    expect(lastStatus).toBe(200);
  });
});
