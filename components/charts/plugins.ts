import { Chart, type ChartType, type Plugin } from 'chart.js';
import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import type { Look } from './look';

/**
 * What charts draw beside their data. A plugin finds everything in the options and the datasets, because a chart that
 * takes new data keeps the plugins it was made with.
 */

type PlaceOptions = { height: number | null };

/** A line across the plot at a value of the load. */
type Guide = { value: number; colour: string; dash: number[] };
type GuideOptions = { axis: 'x' | 'y'; lines: Guide[] };

declare module 'chart.js' {
  interface PluginOptionsByType<TType extends ChartType> {
    place?: PlaceOptions;
    guides?: GuideOptions;
  }
}

/**
 * Gives a chart the height of its place before it is updated. Left to its observer, it would be drawn at the old height
 * first and at the new one a frame later.
 */
const place: Plugin<ChartType, PlaceOptions> = {
  id: 'place',
  defaults: { height: null },
  beforeUpdate(chart, _, { height }) {
    if (height === null || chart.height === height || chart.width === 0) return;
    // Resizing updates the chart, so the update under way is dropped.
    chart.resize(chart.width, height);
    return false;
  },
};

const guides: Plugin<ChartType, GuideOptions> = {
  id: 'guides',
  defaults: { axis: 'x', lines: [] },
  beforeDatasetsDraw({ ctx, chartArea: { left, right, top, bottom }, scales }, _, { axis, lines }) {
    const scale = scales[axis];
    if (!scale) return;
    ctx.save();
    ctx.lineWidth = 1.25;
    for (const { value, colour, dash } of lines) {
      const at = Math.round(scale.getPixelForValue(value)) + 0.5;
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(axis === 'x' ? at : left, axis === 'x' ? top : at);
      ctx.lineTo(axis === 'x' ? at : right, axis === 'x' ? bottom : at);
      ctx.stroke();
    }
    ctx.restore();
  },
};

Chart.register(place, guides);
Chart.defaults.animation = false;
Chart.defaults.maintainAspectRatio = false;

/** The mean, dotted, and the limits, dashed. */
export function guideLines({ colours }: Look, limits: LoadLimits | undefined, mean?: number): Guide[] {
  return [
    ...(mean === undefined ? [] : [{ value: mean, colour: colours.ink3, dash: [1.5, 3] }]),
    ...(limits === undefined
      ? []
      : [
          { value: limits.warm, colour: colours.warm, dash: [4, 3] },
          { value: limits.hot, colour: colours.hot, dash: [4, 3] },
        ]),
  ];
}

/** The first series is grey, the second blue. */
export const seriesColour = ({ colours }: Look, at: number): string => (at === 0 ? colours.now : colours.after);

/** Colours values beyond a limit; the others, and unknown ones, have the usual colour. */
export function colourByLevel({ colours: { warm, hot } }: Look, limits: LoadLimits | undefined, usual: string) {
  return (value: number | null): string =>
    value === null || limits === undefined ? usual : { warm, hot, normal: usual }[levelOf(value, limits)];
}
