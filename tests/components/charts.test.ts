import { afterEach, describe, expect, it, vi } from 'vitest';
import { timeTicks } from '@/components/charts/axes';
import type { BarProps } from '@/components/charts/bar-chart';
import { drawBars } from '@/components/charts/bars';
import { dumbbellHeight } from '@/components/charts/dumbbell-chart';
import { type DumbbellProps, drawDumbbells } from '@/components/charts/dumbbells';
import { drawLines } from '@/components/charts/lines';
import { fade, type Look } from '@/components/charts/look';
import { layOutNames } from '@/components/charts/name-column';
import { HOUR_MS } from '@/lib/units';

const LOOK: Look = {
  colours: {
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
  },
  text: 'sans-serif',
  mono: 'monospace',
};
const { colours } = LOOK;
const LIMITS = { warm: 70, hot: 85 };

const NOON = Date.UTC(2026, 1, 12, 12);

describe('the dumbbell chart', () => {
  const ROWS = [
    { name: 'a', now: 89, after: 61 },
    { name: 'b', now: 50, after: 50 },
    { name: 'c', now: 84.9, after: 84.92 },
  ];
  const draw = (changes: Partial<DumbbellProps> = {}) =>
    drawDumbbells({ label: '', rows: ROWS, limits: LIMITS, height: 142, ...changes }, LOOK);

  afterEach(() => vi.unstubAllGlobals());

  it('draws a ring for each row, and a dot where the second value differs', () => {
    const { labels, datasets } = draw().data;
    expect(labels).toEqual(['a', 'b', 'c']);
    expect(datasets.map(({ data }) => data)).toEqual([
      [61, null, null],
      [89, 50, 84.9],
    ]);
  });

  it('draws the rings beyond the hot limit in its colour', () => {
    const ringsOf = (hot: number) => draw({ limits: { warm: 40, hot } }).data.datasets[1]?.pointBorderColor;
    expect(ringsOf(85)).toEqual([colours.hot, colours.now, colours.now]);
    expect(ringsOf(50)).toEqual([colours.hot, colours.hot, colours.hot]);
  });

  it('starts its scale at 0 and ends it at 100% or where it is told to', () => {
    expect(draw().options.scales?.x).toMatchObject({ min: 0, max: 100 });
    expect(draw({ end: 125 }).options.scales?.x).toMatchObject({ min: 0, max: 125 });
  });

  it('draws the mean and the limits as lines', () => {
    const lines = draw({ mean: 50 }).options.plugins?.guides?.lines?.map((line) => line?.value);
    expect(lines).toEqual([50, 70, 85]);
  });

  it('stays shorter than the longest canvas of a browser', () => {
    const height = dumbbellHeight(500);
    const rows = Array.from({ length: 500 }, (_, i) => ({ name: `h${i}`, now: 1, after: 2 }));
    vi.stubGlobal('devicePixelRatio', 3);
    const ratio = Number(draw({ rows, height }).options.devicePixelRatio);
    expect(ratio * height).toBeLessThanOrEqual(16_000);
    expect(draw().options.devicePixelRatio).toBe(3);
  });
});

describe('the bar chart', () => {
  const BARS: BarProps = {
    label: '',
    series: [{ name: 'load', values: [60, 75, 90, null] }],
    bars: ['a', 'b', 'c', 'd'],
    unit: 'percent',
    limits: LIMITS,
    height: 180,
  };

  it('draws a bar for each name, in the colour of its level, and none where the value is unknown', () => {
    const [bars] = drawBars(BARS, LOOK).data.datasets;
    expect(bars?.data.map(({ y }) => y)).toEqual([60, 75, 90, Number.NaN]);
    expect(bars?.backgroundColor).toEqual([colours.now, colours.warm, colours.hot, colours.now]);
  });

  it('runs to 100% for percentages and as far as the values go for everything else', () => {
    expect(drawBars(BARS, LOOK).options.scales?.y).toMatchObject({ min: 0, max: 100 });
    expect(drawBars({ ...BARS, unit: 'count' }, LOOK).options.scales?.y?.max).toBeUndefined();
  });

  it('draws a histogram over the scale of the dumbbell chart below it', () => {
    const above = ['cmp-1', 'cmp-2'];
    const bins = { width: 5, end: 125, mean: 40, caption: ['hosts per', '5 points'], above } satisfies BarProps['bars'];
    const { data, options } = drawBars({ ...BARS, series: [{ name: 'now', values: [3, 1] }], bars: bins }, LOOK);
    // In the middle of 0 to 5 and of 5 to 10 points.
    expect(data.datasets[0]?.data).toEqual([
      { x: 2.5, y: 3 },
      { x: 7.5, y: 1 },
    ]);
    expect(options.scales?.x).toMatchObject({ min: 0, max: 125 });
    expect(options.plugins?.captions?.right).toBe('peak 3');
  });
});

describe('the line chart', () => {
  const points = [50, null, 90].map((value, at) => ({ at: NOON + at * HOUR_MS, value }));
  const draw = () =>
    drawLines({ label: '', series: [{ name: 'CPU', points }], unit: 'percent', limits: LIMITS, height: 180 }, LOOK);

  it('leaves a gap where nothing was measured', () => {
    expect(draw().data.datasets[0]?.data.map(({ y }) => y)).toEqual([50, Number.NaN, 90]);
  });

  it('runs from the first point to the last, and from 0 to 100%', () => {
    expect(draw().options.scales?.x).toMatchObject({ min: NOON, max: NOON + 2 * HOUR_MS });
    expect(draw().options.scales?.y).toMatchObject({ min: 0, max: 100 });
  });

  const clock = (at: number) => new Date(at).toISOString().slice(11, 16);

  it.each([
    [NOON + 60_000, NOON + HOUR_MS + 60_000, ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00']],
    [NOON, NOON + 6 * HOUR_MS, ['12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00']],
    [NOON - 60_000, NOON + 24 * HOUR_MS - 60_000, ['12:00', '16:00', '20:00', '00:00', '04:00', '08:00']],
  ])('has round times of day on its axis from %d until %d', (from, until, expected) => {
    expect(timeTicks(from, until).map(clock)).toEqual(expected);
  });
});

describe('the column of names', () => {
  const NAMES = ['cmp-r01-01.region.example.org', 'cmp-r02-11.region.example.org'];

  it('shortens names on a phone, where it leaves no room for figures', () => {
    const columnAt = layOutNames(NAMES);
    expect(columnAt(340).nameOf('cmp-r01-01.region.example.org')).toBe('r01-01');
    expect(columnAt(340).right).toBeLessThan(columnAt(900).right);
  });

  it('takes no more than a third of the width', () => {
    const columnAt = layOutNames(NAMES);
    expect(columnAt(500).left).toBeLessThanOrEqual(500 * 0.36);
    expect(columnAt(500).nameOf(NAMES[0] ?? '')).toContain('…');
    expect(columnAt(900).nameOf(NAMES[0] ?? '')).toBe(NAMES[0]);
  });
});

describe('fade', () => {
  it('gives a colour another strength', () => {
    expect(fade('rgb(29, 95, 209)', 0.5)).toBe('rgba(29, 95, 209, 0.5)');
    expect(fade('rgba(29, 95, 209, 0.9)', 0.5)).toBe('rgba(29, 95, 209, 0.5)');
  });
});
