import { BarController, BarElement, CategoryScale, Chart, LinearScale, type Scale, Tooltip } from 'chart.js';
import { ellipsize } from '../ui/names';
import { nameAxis, tooltipLook, valueAxis } from './axes';
import type { BarProps } from './bar-chart';
import { canvasOf } from './chart-canvas';
import { type BarDrawing, drawHistogram } from './histogram';
import type { Look } from './look';
import { LETTER_EM, TICK_PX } from './name-column';
import { colourByLevel, guideLines, seriesColour } from './plugins';
import { formatValue } from './units';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const LEAST_LETTERS = 4;

export const drawBars = (props: BarProps, look: Look): BarDrawing =>
  Array.isArray(props.bars) ? drawNamed(props, props.bars, look) : drawHistogram(props, props.bars, look);

export const Bars = canvasOf(drawBars);

function drawNamed({ series, unit, limits, height }: BarProps, names: string[], look: Look): BarDrawing {
  const nameOf = (name: string, { width }: Scale) =>
    ellipsize(name, Math.max(LEAST_LETTERS, Math.floor(width / names.length / (TICK_PX * LETTER_EM)) - 1));
  return {
    type: 'bar',
    data: {
      labels: names,
      datasets: series.map(({ name, values }, at) => ({
        label: name,
        data: values.map((value, x) => ({ x, y: value ?? Number.NaN })),
        backgroundColor: values.map(colourByLevel(look, limits, seriesColour(look, at))),
        borderRadius: 3,
        categoryPercentage: 0.7,
        maxBarThickness: 48,
      })),
    },
    options: {
      parsing: false,
      interaction: { mode: 'index', intersect: false },
      scales: { x: nameAxis(look, (at, scale) => nameOf(names[at] ?? '', scale)), y: valueAxis(look, unit) },
      plugins: {
        place: { height },
        guides: { axis: 'y', lines: guideLines(look, limits) },
        tooltip: {
          ...tooltipLook(look),
          callbacks: {
            title: ([item]) => names[item?.dataIndex ?? 0] ?? '',
            label: ({ dataset, parsed }) => `${dataset.label} ${formatValue(parsed.y, unit)}`,
          },
        },
      },
    },
    plugins: [],
  };
}
