import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCached } from '@/lib/dashboard/cache/cache';
import { regionIdOf } from '@/lib/dashboard/process/region';
import { type Source, SourceError } from '@/lib/errors';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';

const REGION = regionIdOf('cloud', 'one');

/** Readings of one cloud with a clock, and sources that the test breaks. */
function scene() {
  const state = { now: 0, down: new Set<Source>() };
  const open = (source: Source, needs: Source[] = [source]) => {
    const tries: number[] = [];
    const cached = openCached<number>({
      region: REGION,
      name: randomUUID(),
      identity: 'cloud',
      source,
      ttlMs: 120 * SECOND_MS,
      maxStaleMs: 900 * SECOND_MS,
      clock: () => state.now,
      background: true,
      load: async () => {
        tries.push(state.now);
        const broken = needs.find((one) => state.down.has(one));
        if (broken) throw new SourceError(broken, 'network', `${broken} can't be reached.`);
        return tries.length;
      },
    });
    return { tries, cached };
  };
  /** As the background does, once a second. */
  const pass = async (ms: number, ...readings: ReturnType<typeof open>[]) => {
    const until = state.now + ms;
    for (; state.now < until; state.now += SECOND_MS)
      for (const { cached } of readings) if (cached.age() > 115 * SECOND_MS) await cached.refresh();
  };
  return { state, open, pass };
}

describe('a reading that fails', () => {
  it('is tried again after ten seconds, then after growing pauses of at most a minute, for days', async () => {
    const { state, open, pass } = scene();
    state.down.add('nova');
    const nova = open('nova');
    await pass(2 * DAY_MS, nova);
    const pauses = nova.tries.slice(1).map((at, i) => at - (nova.tries[i] ?? 0));
    expect(pauses.slice(0, 4)).toEqual(Array(4).fill(10 * SECOND_MS));
    expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
    expect(pauses.at(-1)).toBe(MINUTE_MS);
    expect(nova.tries.length).toBeLessThan(2 * 24 * 60 + 20);
  });

  it('is back within a quarter of the failure, and within a minute', async () => {
    for (const failureMs of [5 * SECOND_MS, MINUTE_MS, 10 * MINUTE_MS, 5 * HOUR_MS]) {
      const { state, open, pass } = scene();
      const nova = open('nova');
      state.down.add('nova');
      await pass(failureMs, nova);
      state.down.clear();
      const repaired = state.now;
      await pass(2 * MINUTE_MS, nova);
      const took = (nova.tries.find((at) => at >= repaired) ?? Number.NaN) - repaired;
      expect(took).toBeLessThanOrEqual(Math.min(MINUTE_MS, Math.max(10 * SECOND_MS, failureMs / 4 + 2 * SECOND_MS)));
      expect(nova.cached.failure()).toBeNull();
    }
  });

  it('is tried at once when another reading finds the same source working again', async () => {
    const { state, open, pass } = scene();
    state.down.add('keystone');
    const nova = open('nova', ['nova', 'keystone']);
    const watcher = open('watcher', ['watcher', 'keystone']);
    const prometheus = open('prometheus');
    await pass(HOUR_MS, nova);
    // It has only failed now, so that its pause is short.
    await pass(SECOND_MS, watcher, prometheus);
    state.down.clear();
    state.down.add('prometheus');
    await pass(12 * SECOND_MS, nova, watcher);
    expect(watcher.cached.failure()).toBeNull();
    expect(nova.cached.failure()).toBeNull();
    expect((nova.tries.at(-1) ?? 0) - (watcher.tries.at(-1) ?? 0)).toBeLessThanOrEqual(SECOND_MS);
    expect(prometheus.tries.length).toBe(1);
  });

  it('is tried at once when a person asks, but not as often as one can press', async () => {
    const { state, open, pass } = scene();
    state.down.add('nova');
    const nova = open('nova');
    await pass(HOUR_MS, nova);
    const before = nova.tries.length;
    for (let press = 0; press < 20; press++, state.now += 100) await nova.cached.retry();
    expect(nova.tries.length - before).toBeLessThanOrEqual(2);
    state.down.clear();
    state.now += 2 * SECOND_MS;
    await nova.cached.retry();
    expect(nova.cached.failure()).toBeNull();
    const done = nova.tries.length;
    await nova.cached.retry();
    expect(nova.tries.length).toBe(done);
  });
});
