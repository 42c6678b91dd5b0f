import type { Chart, ChartType, Plugin } from 'chart.js';
import { formatPercent } from '@/lib/format';
import { isNarrow } from './name-column';

type ConnectorOptions = { from: string; to: string };
type FigureOptions = { quiet: string; strong: string; font: string };

declare module 'chart.js' {
  interface PluginOptionsByType<TType extends ChartType> {
    connectors?: ConnectorOptions;
    figures?: FigureOptions;
  }
}

/** On a shorter way the ring and the dot touch; px. */
const LEAST_WAY = 11;
const RING = 6;

/** Now and after of each row, as the datasets have them: after is null where nothing changes. */
function rowsOf({ data: { datasets } }: Chart<'line'>): { now: number; after: number | null }[] {
  const [after, now] = datasets;
  const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);
  return (now?.data ?? []).map((value, at) => ({ now: numberOf(value) ?? 0, after: numberOf(after?.data[at]) }));
}

/** A line from now to after that grows stronger on its way, so that it reads as a direction. */
export const connectors: Plugin<'line', ConnectorOptions> = {
  id: 'connectors',
  beforeDatasetsDraw(chart, _, given) {
    const { ctx, scales } = chart;
    const { x, y } = scales;
    if (!x || !y) return;
    ctx.save();
    ctx.lineWidth = 3;
    rowsOf(chart).forEach(({ now, after }, index) => {
      if (after === null) return;
      const [from, to] = [x.getPixelForValue(now), x.getPixelForValue(after)];
      if (Math.abs(from - to) < LEAST_WAY) return;
      const level = y.getPixelForValue(index);
      const gradient = ctx.createLinearGradient(from, 0, to, 0);
      gradient.addColorStop(0, given.from);
      gradient.addColorStop(1, given.to);
      ctx.strokeStyle = gradient;
      ctx.beginPath();
      ctx.moveTo(from + (to > from ? RING : -RING), level);
      ctx.lineTo(to, level);
      ctx.stroke();
    });
    ctx.restore();
  },
};

/** The column on the right: 89 → 61, or one number where nothing changes. */
export const figures: Plugin<'line', FigureOptions> = {
  id: 'figures',
  afterDraw(chart, _, given) {
    const { ctx, width, scales } = chart;
    const { y } = scales;
    if (!y || isNarrow(width)) return;
    const write = (value: number) => formatPercent(value, 0).slice(0, -1);
    ctx.save();
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'right';
    rowsOf(chart).forEach(({ now, after }, index) => {
      const level = y.getPixelForValue(index) + 0.5;
      ctx.font = given.font;
      ctx.fillStyle = given.quiet;
      if (after === null) {
        ctx.fillText(write(now), width - 2, level);
        return;
      }
      ctx.fillText(write(now), width - 42, level);
      ctx.fillText('→', width - 25, level);
      ctx.fillStyle = given.strong;
      ctx.font = `600 ${given.font}`;
      ctx.fillText(write(after), width - 2, level);
    });
    ctx.restore();
  },
};
