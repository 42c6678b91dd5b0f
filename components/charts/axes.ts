import type { ChartOptions, Scale, TooltipOptions } from 'chart.js';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import type { Look } from './look';
import { TICK_PX } from './name-column';
import { formatTick, type Unit } from './units';

type ScaleOptions = NonNullable<ChartOptions<'line'>['scales']>[string];

const tickFont = ({ text }: Look) => ({ family: text, size: TICK_PX });

/** A load from 0 to 100%, or to `end` where a plan would overload a host; lines at the quarters only. */
export function loadAxis(look: Look, { end, labelled }: { end: number; labelled: boolean }) {
  return {
    type: 'linear',
    min: 0,
    max: end,
    offset: false,
    position: 'top',
    border: { display: false },
    grid: { color: look.colours.line, drawTicks: false, lineWidth: 1, offset: false },
    afterBuildTicks(scale: Scale) {
      scale.ticks = Array.from({ length: end / 25 + 1 }, (_, quarter) => ({ value: quarter * 25 }));
    },
    ticks: {
      display: labelled,
      padding: 8,
      color: look.colours.ink3,
      font: tickFont(look),
      callback: (value: string | number) => `${value}%`,
    },
  } satisfies ScaleOptions;
}

/** The axis on the left, from 0: percentages to 100, everything else as far as the values go. */
export function valueAxis(look: Look, unit: Unit) {
  return {
    type: 'linear',
    min: 0,
    max: unit === 'percent' ? 100 : undefined,
    border: { display: false },
    grid: { color: look.colours.line, drawTicks: false },
    ticks: {
      color: look.colours.ink3,
      font: tickFont(look),
      maxTicksLimit: 5,
      precision: 0,
      stepSize: unit === 'percent' ? 25 : undefined,
      callback: (value: string | number) => formatTick(Number(value), unit),
    },
  } satisfies ScaleOptions;
}

/** Steps between two times on the axis. */
const TIME_STEPS_MS = [10 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS];
const MOST_TIMES = 7;

/** Round times of day from `from` until `until`, both included; ms. */
export function timeTicks(from: number, until: number): number[] {
  const step = TIME_STEPS_MS.find((candidate) => (until - from) / candidate <= MOST_TIMES) ?? 4 * HOUR_MS;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, tick) => first + tick * step);
}

/** Times of day, in UTC. */
export function timeAxis(look: Look, from: number, until: number) {
  return {
    type: 'linear',
    min: from,
    max: until,
    border: { display: false },
    grid: { display: false },
    afterBuildTicks(scale: Scale) {
      scale.ticks = timeTicks(from, until).map((value) => ({ value }));
    },
    ticks: {
      color: look.colours.ink3,
      font: tickFont(look),
      maxRotation: 0,
      callback: (value: string | number) => new Date(Number(value)).toISOString().slice(11, 16),
    },
  } satisfies ScaleOptions;
}

/** Names below bars. */
export function nameAxis(look: Look, nameOf: (index: number, scale: Scale) => string) {
  return {
    type: 'category',
    border: { display: false },
    grid: { display: false },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: look.colours.ink2,
      font: { family: look.mono, size: TICK_PX },
      callback(this: Scale, _: string | number, index: number) {
        return nameOf(index, this);
      },
    },
  } satisfies ScaleOptions;
}

/** The bubble, which looks like that of the host map. */
export function tooltipLook({ colours, text, mono }: Look) {
  return {
    backgroundColor: colours.ink,
    titleColor: colours.surface,
    bodyColor: colours.surface,
    padding: 10,
    cornerRadius: 6,
    displayColors: false,
    titleFont: { family: mono, size: 12, weight: 500 },
    bodyFont: { family: text, size: 12 },
  } satisfies Partial<Record<keyof TooltipOptions, unknown>>;
}
