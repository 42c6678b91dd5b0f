import type { ChartConfiguration } from 'chart.js';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { formatPercent, formatTime } from '@/lib/format';
import { fade, type Look } from './colours';

/** One value over time; null where nothing was measured. */
export type HistoryPoint = { at: number; value: number | null };
/** px */
export const HISTORY_HEIGHT = 180;

export type Points = { x: number; y: number }[];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Between two times on the axis: some five to seven of them. */
const TICK_STEPS = [10 * MINUTE, HOUR, 4 * HOUR];

/** Whole times of day between two times, ends included. */
export function timeTicks(from: number, until: number): number[] {
  const step = TICK_STEPS.find((candidate) => (until - from) / candidate <= 7) ?? 4 * HOUR;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, tick) => first + tick * step);
}

/** One sentence for those who don't see the chart. */
export function describeHistory(what: string, points: HistoryPoint[]): string {
  const now = points.at(-1)?.at ?? 0;
  const known = points.filter((point): point is { at: number; value: number } => point.value !== null);
  const last = known.at(-1);
  if (!last) return `${what}: nothing was measured.`;
  const top = known.reduce((a, b) => (b.value > a.value ? b : a));
  const low = known.reduce((a, b) => (b.value < a.value ? b : a));
  const gaps = known.length < points.length ? ' There are gaps.' : '';
  return `${what}: between ${formatPercent(low.value, 0)} and ${formatPercent(top.value, 0)}, highest at ${formatTime(top.at, now)}, ${formatPercent(last.value, 0)} at ${formatTime(last.at, now)}.${gaps} The same figures are in the table view.`;
}

/** From 0 to 100% always. Red and amber only where the line is past a limit; a gap where nothing was measured. */
export function historyConfig(
  points: HistoryPoint[],
  limits: LoadLimits,
  look: Look,
): ChartConfiguration<'line', Points, string> {
  const { colours, text } = look;
  const [from, until] = [points.at(0)?.at ?? 0, points.at(-1)?.at ?? 1];
  const colourOf = (value: number) =>
    value >= limits.hot ? colours.hot : value >= limits.warm ? colours.warm : colours.now;
  const limit = (label: string, value: number, colour: string) => ({
    label,
    data: [
      { x: from, y: value },
      { x: until, y: value },
    ],
    borderColor: colour,
    borderWidth: 1,
    borderDash: [4, 4],
    pointRadius: 0,
    pointHitRadius: 0,
  });
  const font = { family: text, size: 11 };
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'load',
          data: points.map(({ at, value }) => ({ x: at, y: value ?? Number.NaN })),
          borderColor: colours.now,
          backgroundColor: fade(colours.now, 0.1),
          segment: { borderColor: ({ p0, p1 }) => colourOf(Math.max(p0.parsed.y ?? 0, p1.parsed.y ?? 0)) },
          fill: 'origin',
          borderWidth: 1.75,
          // A single measurement between two gaps is no line.
          pointRadius: ({ dataIndex }) =>
            points[dataIndex - 1]?.value == null && points[dataIndex + 1]?.value == null ? 2 : 0,
          pointBackgroundColor: colours.now,
          pointBorderWidth: 0,
          pointHitRadius: 12,
        },
        limit('warm', limits.warm, fade(colours.warm, 0.8)),
        limit('hot', limits.hot, fade(colours.hot, 0.8)),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: {
          type: 'linear',
          min: from,
          max: until,
          border: { display: false },
          grid: { display: false },
          afterBuildTicks: (axis) => {
            axis.ticks = timeTicks(from, until).map((value) => ({ value }));
          },
          ticks: {
            color: colours.ink3,
            font,
            maxRotation: 0,
            callback: (value) => new Date(Number(value)).toISOString().slice(11, 16),
          },
        },
        y: {
          min: 0,
          max: 100,
          border: { display: false },
          grid: { color: colours.line, drawTicks: false },
          ticks: { color: colours.ink3, font, stepSize: 25, callback: (value) => `${value}%` },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          filter: ({ datasetIndex }) => datasetIndex === 0,
          displayColors: false,
          backgroundColor: colours.ink,
          titleColor: colours.surface,
          bodyColor: colours.surface,
          cornerRadius: 6,
          padding: 8,
          callbacks: {
            title: ([item]) => formatTime(item?.parsed.x, until),
            label: ({ parsed }) => formatPercent(parsed.y),
          },
        },
      },
    },
  };
}
