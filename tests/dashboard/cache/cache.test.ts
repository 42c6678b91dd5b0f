import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type CacheOptions, openCached } from '@/lib/dashboard/cache/cache';
import { type RegionId, regionIdOf } from '@/lib/dashboard/process/region';
import { SourceError } from '@/lib/errors';

const REGION = regionIdOf('cloud', 'one');

/** A cache over a source that answers 1, 2, 3 and so on, with a clock and failures that the test controls. */
function scene(more: Partial<CacheOptions<number>> = {}) {
  const state = { now: 0, calls: 0, down: false, hold: undefined as Promise<void> | undefined };
  const options: CacheOptions<number> = {
    region: REGION,
    name: randomUUID(),
    identity: 'cloud-a',
    source: 'nova',
    ttlMs: 120_000,
    maxStaleMs: 900_000,
    clock: () => state.now,
    load: async () => {
      state.calls++;
      await state.hold;
      if (state.down) throw new SourceError('nova', 'http', 'Nova answers 503.');
      return state.calls;
    },
    ...more,
  };
  return { state, options, cached: openCached(options) };
}

describe('the cache', () => {
  it('fills once for all readers, including those in another bundle of the same server', async () => {
    const { state, options, cached } = scene();
    const taken = await Promise.all([cached.get(), cached.get(), openCached(options).get()]);
    expect(taken.map(({ value }) => value)).toEqual([1, 1, 1]);
    expect(state.calls).toBe(1);
  });

  it('serves a reading for one TTL and reads again after it', async () => {
    const { state, cached } = scene();
    await cached.get();
    state.now = 120_000;
    expect(await cached.get()).toMatchObject({ state: 'fresh', value: 1, at: 0 });
    state.now = 120_001;
    expect(await cached.get()).toMatchObject({ state: 'fresh', value: 2, at: 120_001 });
  });

  it('keeps the last good value with its true age while the source fails, and recovers', async () => {
    const { state, cached } = scene();
    await cached.get();
    state.now = 200_000;
    state.down = true;
    const stale = await cached.get();
    expect(stale).toMatchObject({ state: 'stale', value: 1, at: 0 });
    expect(stale.failure).toMatchObject({ since: 200_000 });
    state.now = 260_000;
    expect((await cached.get()).failure).toMatchObject({ since: 200_000 });
    state.down = false;
    state.now = 280_000;
    expect(await cached.get()).toMatchObject({ state: 'fresh', at: 280_000, failure: null });
  });

  it('asks a failing source once in ten seconds, however many readers there are', async () => {
    const { state, cached } = scene();
    state.down = true;
    for (let i = 0; i < 5; i++) expect(await cached.get()).toMatchObject({ state: 'missing', value: null });
    expect(state.calls).toBe(1);
    state.now = 10_000;
    await cached.get();
    expect(state.calls).toBe(2);
  });

  it('does not serve values older than the maximum age', async () => {
    const { state, cached } = scene();
    await cached.get();
    state.down = true;
    state.now = 900_000;
    expect((await cached.get()).state).toBe('stale');
    state.now = 911_000;
    expect(await cached.get()).toMatchObject({ state: 'missing', value: null, at: null });
  });

  it('serves the last good value during a slow refresh', async () => {
    const { state, cached } = scene({ patienceMs: { refresh: 0, first: 0 } });
    await cached.get();
    await Promise.resolve();
    const first = await cached.get();
    expect(first.value).toBe(1);
    let release = () => {};
    state.hold = new Promise((resolve) => {
      release = resolve;
    });
    state.now = 130_000;
    expect(await cached.get()).toMatchObject({ state: 'stale', value: 1 });
    release();
    await state.hold;
    await new Promise((resolve) => setImmediate(resolve));
    expect(await cached.get()).toMatchObject({ state: 'fresh', value: 2 });
    expect(state.calls).toBe(2);
  });

  it('reports that the first reading is still in progress instead of waiting forever', async () => {
    const { state, cached } = scene({ patienceMs: { refresh: 0, first: 0 } });
    state.hold = new Promise(() => {});
    const taken = await cached.get();
    expect(taken.state).toBe('missing');
    expect(String(taken.failure?.error)).toContain('still in progress');
  });

  it('serves the part read so far of a slow first reading, to readers who accept that', async () => {
    const { cached, state } = scene({
      patienceMs: { refresh: 0, first: 0, partial: 0 },
      load: async ({ report }) => {
        report({ done: 1_000, of: 50_000 }, 1_000);
        await new Promise(() => {});
        return 50_000;
      },
    });
    state.now = 7;
    expect(await cached.get({ partial: true })).toMatchObject({
      state: 'partial',
      value: 1_000,
      progress: { done: 1_000, of: 50_000, since: 7 },
    });
    const whole = await cached.get();
    expect(whole).toMatchObject({ state: 'missing', value: null, progress: { done: 1_000, of: 50_000 } });
    expect(String(whole.failure?.error)).toContain('1,000 of about 50,000 rows so far');
  });

  it('estimates the time left from the pace, and never has more rows than there are', async () => {
    let report: (done: number) => void = () => {};
    const { cached, state } = scene({
      patienceMs: { refresh: 0, first: 0, partial: 0 },
      load: async (fill) => {
        report = (done) => fill.report({ done, of: 4_000 }, done);
        await new Promise(() => {});
        return 0;
      },
    });
    expect(cached.firstFill()).toMatchObject({ done: 0, of: null, leftMs: null });
    await cached.get({ partial: true });
    report(0);
    expect(cached.firstFill()).toMatchObject({ done: 0, of: 4_000, leftMs: null });
    state.now = 3_000;
    report(1_000);
    expect(cached.firstFill()).toMatchObject({ done: 1_000, of: 4_000, leftMs: 9_000 });
    state.now = 13_000;
    report(4_010);
    expect(cached.firstFill()).toMatchObject({ done: 4_010, of: 4_010, leftMs: 0 });
  });

  it('passes the last value to a refresh, and serves it in the meantime instead of a part', async () => {
    const given: unknown[] = [];
    const { cached, state } = scene({
      load: async ({ previous, report }) => {
        given.push(previous);
        report({ done: 1, of: 2 }, -1);
        return 10;
      },
    });
    await cached.get();
    state.now = 130_000;
    expect(await cached.get({ partial: true })).toMatchObject({ state: 'fresh', value: 10, progress: null });
    expect(given).toEqual([undefined, { at: 0, value: 10 }]);
  });

  it('reads again if the value was taken before the requested time', async () => {
    const { state, cached } = scene();
    await cached.get();
    state.now = 10;
    expect(await cached.get({ notBefore: 0 })).toMatchObject({ value: 1, at: 0 });
    expect(await cached.get({ notBefore: 5 })).toMatchObject({ value: 2, at: 10 });
    expect(await cached.get({ notBefore: 5 })).toMatchObject({ value: 2, at: 10 });
  });

  it('keeps the values of different regions apart', async () => {
    const { options, cached } = scene();
    await cached.get();
    const region = 'another' as RegionId; // Only one exists outside of tests.
    const other = openCached({ ...options, region, load: async () => 42 });
    expect((await other.get()).value).toBe(42);
    expect((await cached.get()).value).toBe(1);
  });

  it('keeps the values of different clouds apart', async () => {
    const { options, cached } = scene();
    await cached.get();
    const other = openCached({ ...options, identity: 'cloud-b', load: async () => 42 });
    expect((await other.get()).value).toBe(42);
    expect((await cached.get()).value).toBe(1);
  });
});

describe('the slots of the cache', () => {
  it('are limited in number: the least recently used one is dropped', async () => {
    let fills = 0;
    const open = (name: string) =>
      openCached({
        region: REGION,
        name,
        identity: 'many',
        source: 'prometheus',
        ttlMs: 60_000,
        maxStaleMs: 60_000,
        load: async () => ++fills,
      });
    await open('first').get();
    await open('often used').get();
    for (let n = 0; n < 250; n++) {
      await open(`host-${n}`).get();
      await open('often used').get();
    }
    expect(fills).toBe(252);
    await open('often used').get();
    expect(fills).toBe(252);
    await open('first').get();
    expect(fills).toBe(253);
  });
});
