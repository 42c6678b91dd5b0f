import {
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type Scale,
  Tooltip,
} from 'chart.js';
import { formatPercent, formatPoints } from '@/lib/format';
import { loadAxis, tooltipLook } from './axes';
import { canvasOf, type Drawing } from './chart-canvas';
import { type DumbbellChartProps, type DumbbellRow, FEW_HIGH_ROWS, isChanged } from './dumbbell-chart';
import { connectors, figures } from './dumbbell-marks';
import { fade, type Look } from './look';
import { layOutNames, nameSize, TICK_PX } from './name-column';
import { guideLines } from './plugins';

Chart.register(CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

export type DumbbellProps = DumbbellChartProps & { height: number };

/** Browsers refuse a canvas that is longer, in its own pixels. */
const LONGEST_CANVAS = 16_000;

/** Two points for each row: a ring for now, and a dot for after where that is another value. */
export function drawDumbbells(props: DumbbellProps, look: Look): Drawing<'line', (number | null)[]> {
  const { rows, limits, mean, end = 100, height } = props;
  const { colours } = look;
  const columnAt = layOutNames(rows.map(({ name }) => name));
  const radius = rows.length <= FEW_HIGH_ROWS ? 6 : 4.5;
  const isHot = (index: number) => (rows[index]?.now ?? 0) >= limits.hot;
  return {
    type: 'line',
    data: {
      labels: rows.map(({ name }) => name),
      datasets: [
        {
          label: 'After the plan',
          data: rows.map((row) => (isChanged(row) ? row.after : null)),
          showLine: false,
          pointRadius: radius + 0.5,
          pointHoverRadius: radius + 2,
          pointBackgroundColor: colours.after,
          pointBorderColor: colours.surface,
          pointBorderWidth: 1.5,
          order: 1,
        },
        {
          label: 'Now',
          data: rows.map(({ now }) => now),
          showLine: false,
          pointRadius: radius,
          pointHoverRadius: radius + 1.5,
          pointBackgroundColor: colours.surface,
          pointBorderColor: rows.map((_, index) => (isHot(index) ? colours.hot : colours.now)),
          pointBorderWidth: 1.75,
          order: 2,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      devicePixelRatio: Math.min(globalThis.devicePixelRatio || 1, LONGEST_CANVAS / height),
      layout: { padding: ({ chart }) => ({ right: columnAt(chart.width).right }) },
      interaction: { mode: 'index', axis: 'y', intersect: false },
      scales: {
        x: loadAxis(look, { end, labelled: true }),
        y: {
          type: 'category',
          offset: true,
          border: { display: false },
          grid: { display: false },
          afterFit(scale) {
            scale.width = columnAt(scale.chart.width).left;
          },
          ticks: {
            autoSkip: false,
            padding: 12,
            crossAlign: 'near',
            color: ({ index }) => (isHot(index) ? colours.hotText : colours.ink2),
            font: ({ chart, index }) => ({
              family: look.mono,
              size: nameSize(chart.width),
              weight: isHot(index) ? 600 : 400,
            }),
            callback(this: Scale, _, index) {
              return columnAt(this.chart.width).nameOf(rows[index]?.name ?? '');
            },
          },
        },
      },
      plugins: {
        place: { height },
        guides: { axis: 'x', lines: guideLines(look, limits, mean) },
        connectors: { from: fade(colours.after, 0.19), to: fade(colours.after, 0.69) },
        figures: { quiet: colours.ink3, strong: colours.ink, font: `${TICK_PX}px ${look.mono}` },
        tooltip: {
          ...tooltipLook(look),
          callbacks: { label: () => '', afterBody: ([item]) => describeRow(item && rows[item.dataIndex]) },
          filter: (_, index) => index === 0,
        },
      },
    },
    plugins: [connectors, figures],
  };
}

export const Dumbbells = canvasOf(drawDumbbells);

function describeRow(row: DumbbellRow | undefined): string[] {
  if (!row) return [];
  const change = row.after - row.now;
  return [
    `Now ${formatPercent(row.now)}`,
    isChanged(row)
      ? `After ${formatPercent(row.after)} (${change > 0 ? '+' : ''}${formatPoints(change)})`
      : 'No change after the plan',
  ];
}
