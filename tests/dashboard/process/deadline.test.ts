import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCached } from '@/lib/dashboard/cache/cache';
import { withDeadline } from '@/lib/dashboard/process/deadline';
import { regionIdOf } from '@/lib/dashboard/process/region';

const REGION = regionIdOf('cloud', 'one');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

let opened = 0;
const openSilent = () =>
  openCached({
    region: REGION,
    name: `silent-${opened++}`,
    identity: 'test',
    source: 'nova',
    ttlMs: 60_000,
    maxStaleMs: 60_000,
    load: () => new Promise<never>(() => {}),
  });

describe('the deadline of an answer', () => {
  it('limits it to 15 s, however many readings it waits for one after another', async () => {
    const started = performance.now();
    let tookMs: number | undefined;
    const answer = withDeadline(async () => {
      const states = [];
      for (let n = 0; n < 5; n++) states.push((await openSilent().get()).state);
      tookMs = performance.now() - started;
      return states;
    });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answer).toEqual(Array(5).fill('missing'));
    expect(tookMs).toBeLessThanOrEqual(15_000);
  });

  it('does not interrupt work that others wait for', async () => {
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const common = {
      region: REGION,
      identity: 'test',
      source: 'nova',
      ttlMs: 60_000,
      maxStaleMs: 60_000,
    } as const;
    const inner = openCached({ ...common, name: 'slow', load: () => pause(3_000) });
    const outer = openCached({
      ...common,
      name: 'builds on the slow one after the deadline',
      load: async () => {
        await pause(14_000);
        return (await inner.get()).state;
      },
    });
    const answer = withDeadline(() => outer.get());
    await vi.advanceTimersByTimeAsync(13_000);
    expect((await answer).state).toBe('missing');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await outer.get()).toMatchObject({ state: 'fresh', value: 'fresh' });
  });
});
