import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openKeptSignOuts } from '@/lib/dashboard/access/kept-sign-outs';
import { fillShared, type Good, type SharedFill } from '@/lib/dashboard/cache/shared-fill';
import { openSharedStore } from '@/lib/dashboard/cache/shared-store';
import { parseEnv } from '@/lib/env';
import { MIB } from '@/lib/units';
import { openRedisServer, type RedisServer } from './server';

/** Each store stands for one process: it has its own connection and shares nothing else. */

type Value = { servers: { id: string; host: string }[]; actions: Record<string, string[]>; changesFrom: number | null };

const value = (rows: number, host = 'a'): Value => ({
  servers: Array.from({ length: rows }, (_, i) => ({ id: `vm-${i}`, host })),
  actions: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`plan-${i}`, [`action-${i}`]])),
  changesFrom: null,
});

let redis: RedisServer;
let key: string;
let collections: (Good<Value> | undefined)[];
beforeAll(async () => {
  redis = await openRedisServer();
});
afterAll(() => redis.stop());
beforeEach(() => {
  key = `inventory ${randomUUID()}`;
  collections = [];
});

const processes = () => [1, 2, 3].map(() => openSharedStore(redis.url));

const fill = (more: Partial<SharedFill<Value>> = {}): SharedFill<Value> => ({
  key,
  ttlMs: 60_000,
  keepMs: 120_000,
  ours: undefined,
  notBefore: Number.NEGATIVE_INFINITY,
  clock: Date.now,
  load: async (previous) => {
    collections.push(previous);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return value(2_300);
  },
  ...more,
});

describe('three processes with one Redis', () => {
  it('collect once when all are cold, and all get the complete value with its true time', async () => {
    const taken = await Promise.all(processes().map((store) => fillShared(store, fill())));
    expect(collections).toEqual([undefined]);
    for (const { value: own, at } of taken) {
      expect(own).toEqual(value(2_300));
      expect(at).toBe(taken[0]?.at);
    }
  });

  it('refresh once, starting from what any of them has read, and transfer only what changed', async () => {
    const [a, b] = processes();
    if (!a || !b) throw new Error('no store');
    const first = await fillShared(a, fill());
    const other = await fillShared(b, fill());
    expect(collections).toHaveLength(1);
    const spy = createClient({ url: redis.url });
    await spy.connect();
    const chunks = async () => (await spy.keys('*chunk*')).length;
    const before = await chunks();
    const changed = value(2_300);
    const [row] = changed.servers;
    if (row) row.host = 'b';
    const late = {
      clock: () => Date.now() + 50_000,
      load: async (previous: Good<Value> | undefined) => {
        collections.push(previous);
        return changed;
      },
    };
    const again = await fillShared(b, fill({ ...late, ours: other }));
    expect(collections[1]).toEqual(first);
    expect(again.value.servers[0]).toEqual({ id: 'vm-0', host: 'b' });
    expect((await chunks()) - before).toBe(1);
    expect((await fillShared(a, fill({ ...late, ours: first }))).value).toEqual(changed);
    expect(collections).toHaveLength(2);
    await spy.close();
  });

  it('go on when the collecting process dies, once its lease has expired', async () => {
    const [a, b] = processes();
    await a?.lease(key, 600);
    // Simulates that the process of `a` died: taking its lease away stops its renewals.
    const spy = createClient({ url: redis.url });
    await spy.connect();
    const [lease] = await spy.keys(`*${key}:lease`);
    if (!lease || !b) throw new Error('no lease');
    await spy.set(lease, 'a process that died', { expiration: { type: 'PX', value: 700 } });
    const started = Date.now();
    expect((await fillShared(b, fill())).value).toEqual(value(2_300));
    expect(Date.now() - started).toBeGreaterThan(600);
    await spy.close();
  });

  it('keep different clouds apart, and do not take over values older than requested', async () => {
    const [a, b] = processes();
    if (!a || !b) throw new Error('no store');
    const { at } = await fillShared(a, fill());
    await fillShared(b, fill({ key: `${key} of another cloud` }));
    await fillShared(b, fill({ notBefore: at + 1 }));
    expect(collections).toHaveLength(3);
  });

  it('see a mark that one of them sets until it expires', async () => {
    const [a, b] = processes();
    if (!a || !b) throw new Error('no store');
    await a.mark(key, 1_000);
    expect(await b.isMarked(key)).toBe(true);
    expect(await b.isMarked(`${key}!`)).toBe(false);
    await expect.poll(() => b.isMarked(key), { timeout: 5_000 }).toBe(false);
  });

  it('of another version share marks, and no readings, which may have another form', async () => {
    const [earlier, later] = [openSharedStore(redis.url, '1.0.0'), openSharedStore(redis.url, '1.1.0')];
    await fillShared(earlier, fill());
    await earlier.mark(key, 60_000);
    expect(await earlier.newest(key, 0)).not.toBeNull();
    expect(await later.newest(key, 0)).toBeNull();
    expect(await later.isMarked(key)).toBe(true);
  });

  it('share sign-outs, and do not wait for Redis while it is dead', async () => {
    const signOuts = openKeptSignOuts(parseEnv({ CACHE_URL: redis.url }));
    if (!signOuts) throw new Error('the cache has an address');
    await signOuts.announce(key, Date.now() + 60_000);
    expect([await signOuts.has(key), await signOuts.has(`${key}!`)]).toEqual([true, false]);
    await redis.stop();
    const started = Date.now();
    expect(await signOuts.has(key)).toBeNull();
    await signOuts.announce(key, Date.now() + 60_000);
    expect(Date.now() - started).toBeLessThan(2_000);
    await redis.start();
  });

  it('go on separately while Redis is dead, and share again when it is back', async () => {
    const stores = processes();
    await redis.stop();
    const started = Date.now();
    await Promise.all(stores.map((store) => fillShared(store, fill())));
    expect(collections).toHaveLength(3);
    expect(Date.now() - started).toBeLessThan(4_000);
    await redis.start();
    await expect
      .poll(
        async () => {
          key = `inventory ${randomUUID()}`;
          collections = [];
          await Promise.all(stores.map((store) => fillShared(store, fill())));
          return collections.length;
        },
        { timeout: 15_000 },
      )
      .toBe(1);
  }, 30_000);
});

describe('an entry that someone else wrote', () => {
  it('is not unpacked beyond its limit, and the process reads for itself', async () => {
    const [a, b] = processes();
    if (!a || !b) throw new Error('no store');
    await fillShared(a, fill());
    const spy = createClient({ url: redis.url });
    await spy.connect();
    const bomb = gzipSync(Buffer.alloc(100 * MIB, '[')).toString('base64');
    for (const name of await spy.keys(`*${key}*chunk*`)) await spy.set(name, bomb);
    await spy.close();
    const before = process.memoryUsage().rss;
    const late = { clock: () => Date.now() + 50_000 };
    expect((await fillShared(b, fill(late))).value).toEqual(value(2_300));
    expect(process.memoryUsage().rss - before).toBeLessThan(90 * MIB);
  });
});
