import type { ChartOptions, Plugin, Scale } from 'chart.js';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { shortenNames } from '../ui/names';
import type { Look } from './colours';
import { axisEnd, ellipsize, type HostLoad } from './host-loads';

/** What the two charts of hosts share, so that one axis serves both. */
export type Frame = {
  look: Look;
  /** Left of the axis, as wide as the widest name; px. */
  gutter: number;
  /** Right of it, for the figures; px. */
  right: number;
  /** Percent at the end of the axis. */
  end: number;
  mean: number;
  limits: LoadLimits;
  /** Phones have short names and no figures. */
  narrow: boolean;
  /** What a host is called here. */
  nameOf: (host: string) => string;
};

export const TICK_PX = 11;
const NAME_PX = 12;
/** px */
const RIGHT = 74;
const RIGHT_NARROW = 12;
/** Of the width, what names may take. */
const GUTTER_SHARE = 0.36;

export type FrameInput = {
  loads: HostLoad[];
  rows: HostLoad[];
  limits: LoadLimits;
  look: Look;
  /** px */
  width: number;
  narrow: boolean;
};

export function nameFont({ mono }: Look, narrow: boolean, weight = 400): string {
  return `${weight} ${narrow ? TICK_PX : NAME_PX}px ${mono}`;
}

/** Measures the names and lays the axis out. */
export function layOutFrame({ loads, rows, limits, look, width, narrow }: FrameInput): Frame {
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = nameFont(look, narrow, 600);
  const character = context?.measureText('0').width || 7;
  const most = Math.max(8, Math.floor((width * GUTTER_SHARE - 22) / character));
  const short = narrow ? shortenNames(loads.map(({ host }) => host)) : undefined;
  const nameOf = (host: string) => ellipsize(short?.get(host) ?? host, most);
  const widest = rows.reduce((widest, { host }) => Math.max(widest, nameOf(host).length), 0);
  return {
    look,
    gutter: Math.max(64, Math.ceil(widest * character) + 22),
    right: narrow ? RIGHT_NARROW : RIGHT,
    end: axisEnd(loads),
    mean: loads.reduce((sum, { now }) => sum + now, 0) / Math.max(1, loads.length),
    limits,
    narrow,
    nameOf,
  };
}

/** The axis of percent: lines at the quarters only. */
export function percentAxis({ look, end }: Frame, withTicks: boolean) {
  return {
    type: 'linear',
    min: 0,
    max: end,
    position: 'top',
    border: { display: false },
    grid: { color: look.colours.line, drawTicks: false, lineWidth: 1 },
    afterBuildTicks(scale: Scale) {
      scale.ticks = Array.from({ length: end / 25 + 1 }, (_, quarter) => ({ value: quarter * 25 }));
    },
    ticks: {
      display: withTicks,
      padding: 8,
      color: look.colours.ink3,
      font: { family: look.text, size: TICK_PX },
      callback: (value: string | number) => `${value}%`,
    },
  } satisfies NonNullable<ChartOptions<'line'>['scales']>[string];
}

/** The mean, dotted, and the limits, dashed. */
export function guides({ look, mean, limits }: Frame): Plugin<'line'> {
  const lines: [number, string, number[]][] = [
    [mean, look.colours.ink3, [1.5, 3]],
    [limits.warm, look.colours.warm, [4, 3]],
    [limits.hot, look.colours.hot, [4, 3]],
  ];
  return {
    id: 'guides',
    beforeDatasetsDraw({ ctx, chartArea, scales: { x } }) {
      if (!x) return;
      ctx.save();
      ctx.lineWidth = 1.25;
      for (const [value, colour, dash] of lines) {
        const at = Math.round(x.getPixelForValue(value)) + 0.5;
        ctx.strokeStyle = colour;
        ctx.setLineDash(dash);
        ctx.beginPath();
        ctx.moveTo(at, chartArea.top);
        ctx.lineTo(at, chartArea.bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}
