import { Chart, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { formatTime } from '@/lib/format';
import { timeAxis, tooltipLook, valueAxis } from './axes';
import { canvasOf, type Drawing } from './chart-canvas';
import type { LineChartProps } from './line-chart';
import { fade, type Look } from './look';
import { colourByLevel, guideLines, seriesColour } from './plugins';
import { formatValue } from './units';

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement, Tooltip);

export type LineProps = LineChartProps & { height: number };

export function drawLines(
  { series, unit, limits, height }: LineProps,
  look: Look,
): Drawing<'line', { x: number; y: number }[]> {
  const times = series.flatMap(({ points }) => points.map(({ at }) => at));
  const [from, until] = times.length === 0 ? [0, 1] : [Math.min(...times), Math.max(...times)];
  return {
    type: 'line',
    data: {
      datasets: series.map(({ name, points }, at) => {
        const colour = seriesColour(look, at);
        const colourOf = colourByLevel(look, at === 0 ? limits : undefined, colour);
        return {
          label: name,
          data: points.map(({ at: x, value }) => ({ x, y: value ?? Number.NaN })),
          borderColor: colour,
          backgroundColor: fade(colour, 0.1),
          segment: {
            borderColor: ({ p0, p1 }) => colourOf(Math.max(p0.parsed.y ?? 0, p1.parsed.y ?? 0)),
          },
          fill: at === 0 ? 'origin' : false,
          borderWidth: 1.75,
          // A single measurement between two gaps makes no line.
          pointRadius: ({ dataIndex }) =>
            points[dataIndex - 1]?.value == null && points[dataIndex + 1]?.value == null ? 2 : 0,
          pointBackgroundColor: colour,
          pointBorderWidth: 0,
          pointHitRadius: 12,
        };
      }),
    },
    options: {
      parsing: false,
      normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: { x: timeAxis(look, from, until), y: valueAxis(look, unit) },
      plugins: {
        place: { height },
        guides: { axis: 'y', lines: guideLines(look, limits) },
        tooltip: {
          ...tooltipLook(look),
          callbacks: {
            title: ([item]) => formatTime(item?.parsed.x, until),
            label: ({ dataset, parsed }) =>
              `${series.length > 1 ? `${dataset.label} ` : ''}${formatValue(parsed.y, unit)}`,
          },
        },
      },
    },
    plugins: [],
  };
}

export const Lines = canvasOf(drawLines);
