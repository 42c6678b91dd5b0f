import type { ChartType, Plugin } from 'chart.js';
import { loadAxis } from './axes';
import type { BarProps, Bins } from './bar-chart';
import type { Drawing } from './chart-canvas';
import { fade, type Look } from './look';
import { isNarrow, layOutNames, TICK_PX } from './name-column';
import { guideLines, seriesColour } from './plugins';

export type BarDrawing = Drawing<'bar', { x: number; y: number }[]>;

type CaptionOptions = { left: [string, string]; right: string; colour: string; font: string };

declare module 'chart.js' {
  interface PluginOptionsByType<TType extends ChartType> {
    captions?: CaptionOptions;
  }
}

/** Bars over a scale of percent, for as many points each; the last series is filled. */
export function drawHistogram({ series, limits, height }: BarProps, bins: Bins, look: Look): BarDrawing {
  const { colours } = look;
  const columnAt = layOutNames(bins.above);
  const peak = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return {
    type: 'bar',
    data: {
      datasets: series.map(({ name, values }, at) => {
        const colour = seriesColour(look, at);
        return {
          label: name,
          data: values.map((value, bin) => ({ x: (bin + 0.5) * bins.width, y: value ?? Number.NaN })),
          backgroundColor: at === series.length - 1 ? fade(colour, 0.18) : 'transparent',
          // Of the outline, not of the bars.
          borderColor: colour,
          borderWidth: 0,
          grouped: false,
          barPercentage: 1,
          categoryPercentage: 1,
          // Half transparent bars must not overlap, and chart.js widens them by default.
          inflateAmount: 0,
          order: series.length - at,
        };
      }),
    },
    options: {
      parsing: false,
      events: [],
      layout: {
        padding: ({ chart }) => {
          const { left, right } = columnAt(chart.width);
          return { left, right, top: 4 };
        },
      },
      scales: {
        x: loadAxis(look, { end: bins.end, labelled: false }),
        y: { display: false, min: 0, max: peak * 1.05 },
      },
      plugins: {
        place: { height },
        guides: { axis: 'x', lines: guideLines(look, limits, bins.mean) },
        captions: {
          left: bins.caption,
          right: `peak ${peak}`,
          colour: colours.ink3,
          font: `${TICK_PX}px ${look.text}`,
        },
        tooltip: { enabled: false },
      },
    },
    plugins: [outlines, captions],
  };
}

/** One line around all bars of a series. */
const outlines: Plugin<'bar'> = {
  id: 'outlines',
  afterDatasetDraw({ ctx, data, scales: { y } }, { index, meta }) {
    const base = y?.getPixelForValue(0) ?? 0;
    ctx.save();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = String(data.datasets[index]?.borderColor);
    ctx.beginPath();
    meta.data.forEach((bar, at) => {
      const { x, y: top, width } = bar.getProps(['x', 'y', 'width']);
      const [left, right] = [x - width / 2, x + width / 2];
      if (at === 0) ctx.moveTo(left, base);
      ctx.lineTo(left, top);
      ctx.lineTo(right, top);
      if (at === meta.data.length - 1) ctx.lineTo(right, base);
    });
    ctx.stroke();
    ctx.restore();
  },
};

/** What the bars count, to their left, and the peak to their right. */
const captions: Plugin<'bar', CaptionOptions> = {
  id: 'captions',
  afterDraw({ ctx, width, chartArea: { left, right, top, bottom } }, _, given) {
    ctx.save();
    ctx.fillStyle = given.colour;
    ctx.font = given.font;
    ctx.textAlign = 'right';
    ctx.fillText(given.left[0], left - 10, bottom - 18);
    ctx.fillText(given.left[1], left - 10, bottom - 4);
    ctx.textAlign = 'left';
    if (!isNarrow(width)) ctx.fillText(given.right, right + 10, top + 10);
    ctx.restore();
  },
};
