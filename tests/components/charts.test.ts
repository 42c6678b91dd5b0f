import { describe, expect, it } from 'vitest';
import { fade, type Look } from '@/components/charts/colours';
import { makeDistribution } from '@/components/charts/distribution';
import { makeDumbbell } from '@/components/charts/dumbbell';
import type { Frame } from '@/components/charts/frame';
import { dumbbellHeight, type HostLoad } from '@/components/charts/host-loads';

const COLOURS: Look['colours'] = {
  now: 'rgb(1, 1, 1)',
  after: 'rgb(2, 2, 2)',
  ink: 'rgb(3, 3, 3)',
  ink2: 'rgb(4, 4, 4)',
  ink3: 'rgb(5, 5, 5)',
  line: 'rgb(6, 6, 6)',
  surface: 'rgb(7, 7, 7)',
  warm: 'rgb(8, 8, 8)',
  hot: 'rgb(9, 9, 9)',
  hotText: 'rgb(10, 10, 10)',
};

const frame = (changes: Partial<Frame> = {}): Frame => ({
  look: { colours: COLOURS, text: 'sans-serif', mono: 'monospace' },
  gutter: 100,
  right: 74,
  end: 100,
  mean: 50,
  limits: { warm: 70, hot: 85 },
  narrow: false,
  nameOf: (host) => host,
  ...changes,
});

const ROWS: HostLoad[] = [
  { host: 'a', now: 89, after: 61 },
  { host: 'b', now: 50, after: 50 },
  { host: 'c', now: 84.9, after: 84.92 },
];

describe('the dumbbell', () => {
  const chart = makeDumbbell(ROWS, frame(), 1);
  const [after, now] = chart.data.datasets;

  it('has a ring for each host, and a dot where the plan changes it', () => {
    expect(chart.data.labels).toEqual(['a', 'b', 'c']);
    expect(now?.data).toEqual([89, 50, 84.9]);
    expect(after?.data).toEqual([61, null, null]);
  });

  it('has the rings of hot hosts in their colour, by the limits given', () => {
    expect(now?.pointBorderColor).toEqual([COLOURS.hot, COLOURS.now, COLOURS.now]);
    const strict = makeDumbbell(ROWS, frame({ limits: { warm: 40, hot: 50 } }), 1).data.datasets[1];
    expect(strict?.pointBorderColor).toEqual([COLOURS.hot, COLOURS.hot, COLOURS.hot]);
  });

  it('runs from 0 to the end of the axis, never cut', () => {
    expect(chart.options?.scales?.x).toMatchObject({ min: 0, max: 100 });
    expect(makeDumbbell(ROWS, frame({ end: 125 }), 1).options?.scales?.x).toMatchObject({ min: 0, max: 125 });
  });

  it('is never longer than a canvas can be', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ host: `h${i}`, now: 1, after: 2 }));
    const ratio = makeDumbbell(many, frame(), 3).options?.devicePixelRatio ?? 0;
    expect(ratio * dumbbellHeight(500)).toBeLessThanOrEqual(16_000);
    expect(makeDumbbell(ROWS, frame(), 2).options?.devicePixelRatio).toBe(2);
  });

  it('has no figures beside it on a phone', () => {
    const ids = (narrow: boolean) => makeDumbbell(ROWS, frame({ narrow }), 1).plugins?.map(({ id }) => id);
    expect(ids(false)).toEqual(['guides', 'connectors', 'figures']);
    expect(ids(true)).toEqual(['guides', 'connectors']);
  });
});

describe('the distribution', () => {
  it('draws both counts over the same axis as the dumbbell', () => {
    const chart = makeDistribution(ROWS, frame());
    const [after, now] = chart.data.datasets;
    // 89 and 84.9 are in different bins; after the plan 61 is where 89 was.
    expect(now?.data.find(({ x, y }) => x === 85 && y === 1)).toBeTruthy();
    expect(after?.data.find(({ x, y }) => x === 60 && y === 1)).toBeTruthy();
    expect(chart.options?.layout?.padding).toMatchObject({ left: 100, right: 74 });
    expect(chart.options?.parsing).toBe(false);
  });
});

describe('a colour', () => {
  it('fades, with and without strength of its own', () => {
    expect(fade('rgb(29, 95, 209)', 0.5)).toBe('rgba(29, 95, 209, 0.5)');
    expect(fade('rgba(29, 95, 209, 0.9)', 0.5)).toBe('rgba(29, 95, 209, 0.5)');
  });
});
