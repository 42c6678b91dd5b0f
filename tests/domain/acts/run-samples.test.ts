import { describe, expect, it } from 'vitest';
import {
  addProgress,
  copiedOf,
  rateOf,
  type Series,
  type SeriesById,
  secondsLeft,
  stalledSince,
} from '@/lib/domain/acts/run-samples';
import type { LiveProgress } from '@/lib/openstack/records';
import { GIB, MIB } from '@/lib/units';
import { progress } from './run-scene';

/** What is left in the samples of one migration, each so many seconds after the first. */
function follow(samples: [seconds: number, remaining: number | null][], more: Partial<LiveProgress> = {}): Series {
  let known: SeriesById = new Map();
  for (const [seconds, remaining] of samples) {
    known = addProgress(known, [progress({ remainingBytes: remaining, ...more })], seconds * 1_000);
  }
  const series = known.get('uuid-1');
  if (!series) throw new Error('Nothing was added.');
  return series;
}

describe('the bytes of a migration over time', () => {
  it('are those copied: the total without what is left', () => {
    expect(copiedOf(follow([[0, 750]]))).toBe(250);
    expect(copiedOf(follow([[0, null]]))).toBeNull();
    // Pages that change are copied again, so that more may be left than there was.
    expect(copiedOf(follow([[0, 1_200]]))).toBe(0);
  });

  it('give no rate before three samples', () => {
    expect(rateOf(follow([[0, 900]]))).toBeNull();
    expect(
      secondsLeft(
        follow([
          [0, 900],
          [5, 850],
        ]),
      ),
    ).toBeNull();
    expect(
      rateOf(
        follow([
          [0, 900],
          [5, 850],
          [10, 800],
        ]),
      ),
    ).toBe(10);
  });

  it('give the rate of the last 30 s, not of the whole time', () => {
    const slowed = follow([
      [0, 1_000],
      [5, 500],
      [40, 400],
      [50, 390],
      [60, 380],
      [70, 370],
    ]);
    expect(rateOf(slowed)).toBe(1);
    expect(secondsLeft(slowed)).toBe(370);
  });

  it('give the rate of the last three samples if looks are rare', () => {
    expect(
      rateOf(
        follow([
          [0, 900],
          [30, 600],
          [60, 300],
          [90, 200],
        ]),
      ),
    ).toBeCloseTo(400 / 60);
  });

  it('give no time while nothing is gained', () => {
    const rising = follow([
      [0, 300],
      [5, 350],
      [10, 400],
    ]);
    expect(rateOf(rising)).toBe(-10);
    expect(secondsLeft(rising)).toBeNull();
  });

  it('show that it does not converge once no less is left for 60 s', () => {
    const until = (seconds: number) =>
      follow([
        [0, 500],
        [10, 300],
        [30, 310],
        [seconds, 305],
      ]);
    expect(stalledSince(until(69))).toBeNull();
    expect(stalledSince(until(70))).toBe(10_000);
    // Less than ever: it goes on.
    expect(
      stalledSince(
        follow([
          [0, 500],
          [10, 300],
          [70, 305],
          [75, 294],
        ]),
      ),
    ).toBeNull();
    expect(
      stalledSince(
        follow([
          [0, 0],
          [70, 0],
        ]),
      ),
    ).toBeNull();
  });

  it('take no tiny gain for one: what is left of a guest that writes all the time goes up and down', () => {
    const total = 16 * GIB;
    const samples = Array.from({ length: 40 }, (_, i): [number, number] => {
      const wave = 0.05 * Math.sin(i * 1.9) - 0.00001 * i;
      return [i * 5, Math.round(total * (0.3 + wave))];
    });
    expect(stalledSince(follow(samples, { totalBytes: total }))).not.toBeNull();
    // A slow link gains little, but it gains.
    const slow = samples.map(([at], i): [number, number] => [at, total - i * 6 * MIB]);
    expect(stalledSince(follow(slow, { totalBytes: total }))).toBeNull();
  });

  it('note each time that nothing was gained once', () => {
    const twice = follow([
      [0, 300],
      [60, 300],
      [65, 300],
      [70, 200],
      [100, 200],
      [130, 200],
      [135, 200],
    ]);
    expect(twice.stalls).toEqual([60_000, 130_000]);
  });

  it('keep what was known when Nova counts nothing for a moment', () => {
    const gap = follow([
      [0, 900],
      [5, null],
      [10, 800],
      [15, 750],
    ]);
    expect(rateOf(gap)).toBe(10);
    expect(gap.remaining).toBe(750);
  });

  it('stay bounded, however long it takes', () => {
    const long = follow(Array.from({ length: 1_000 }, (_, i) => [i * 5, i % 2 ? 300 : 301]));
    expect(long.samples.length).toBeLessThan(50);
    expect(long.stalls.length).toBeLessThan(50);
    let all: SeriesById = new Map();
    for (let i = 0; i < 1_500; i++) all = addProgress(all, [progress({ id: `uuid-${i}` })], i);
    expect(all.size).toBe(1_000);
    expect(all.has('uuid-1499')).toBe(true);
  });
});
