import type { ChartConfiguration, Plugin } from 'chart.js';
import { formatPercent, formatPoints } from '@/lib/format';
import { fade } from './colours';
import { type Frame, guides, percentAxis, TICK_PX } from './frame';
import { dumbbellHeight, FEW_HIGH_ROWS, type HostLoad, isChanged } from './host-loads';

/** Browsers give up on a canvas that is longer, in its own pixels. */
const LONGEST_CANVAS = 16_000;

/** Two values in one row for each host: a ring for now, a dot for after the plan, and the way between them. */
export function makeDumbbell(
  rows: HostLoad[],
  frame: Frame,
  density = globalThis.devicePixelRatio,
): ChartConfiguration<'line', (number | null)[], string> {
  const { look, limits, narrow } = frame;
  const { colours } = look;
  const radius = rows.length <= FEW_HIGH_ROWS ? 6 : 4.5;
  const isHot = (index: number) => (rows[index]?.now ?? 0) >= limits.hot;
  return {
    type: 'line',
    data: {
      labels: rows.map(({ host }) => host),
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
      maintainAspectRatio: false,
      devicePixelRatio: Math.min(density || 1, LONGEST_CANVAS / dumbbellHeight(rows.length)),
      layout: { padding: { right: frame.right } },
      interaction: { mode: 'index', axis: 'y', intersect: false },
      plugins: {
        tooltip: {
          backgroundColor: colours.ink,
          titleColor: colours.surface,
          bodyColor: colours.surface,
          padding: 10,
          cornerRadius: 6,
          displayColors: false,
          titleFont: { family: look.mono, size: 12, weight: 500 },
          bodyFont: { family: look.text, size: 12 },
          callbacks: { label: () => '', afterBody: ([item]) => describeRow(item && rows[item.dataIndex]) },
          filter: (_, index) => index === 0,
        },
      },
      scales: {
        x: percentAxis(frame, true),
        y: {
          type: 'category',
          offset: true,
          border: { display: false },
          grid: { display: false },
          afterFit(scale) {
            scale.width = frame.gutter;
          },
          ticks: {
            autoSkip: false,
            padding: 12,
            crossAlign: 'near',
            color: ({ index }) => (isHot(index) ? colours.hotText : colours.ink2),
            font: ({ index }) => ({
              family: look.mono,
              size: narrow ? TICK_PX : 12,
              weight: isHot(index) ? 600 : 400,
            }),
            callback: (_, index) => frame.nameOf(rows[index]?.host ?? ''),
          },
        },
      },
    },
    plugins: [guides(frame), connectors(rows, frame), ...(narrow ? [] : [figures(rows, frame)])],
  };
}

function describeRow(row: HostLoad | undefined): string[] {
  if (!row) return [];
  const change = row.after - row.now;
  return [
    `Now ${formatPercent(row.now)}`,
    isChanged(row)
      ? `After ${formatPercent(row.after)} (${change > 0 ? '+' : ''}${formatPoints(change)})`
      : 'No change after the plan',
  ];
}

/** A line from now to after that grows stronger on its way, so that it reads as a direction. */
function connectors(rows: HostLoad[], { look }: Frame): Plugin<'line'> {
  return {
    id: 'connectors',
    beforeDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      ctx.lineWidth = 3;
      rows.forEach((row, index) => {
        const [from, to] = [x.getPixelForValue(row.now), x.getPixelForValue(row.after)];
        // Shorter, the ring and the dot touch.
        if (!isChanged(row) || Math.abs(from - to) < 11) return;
        const level = y.getPixelForValue(index);
        const gradient = ctx.createLinearGradient(from, 0, to, 0);
        gradient.addColorStop(0, fade(look.colours.after, 0.19));
        gradient.addColorStop(1, fade(look.colours.after, 0.69));
        ctx.strokeStyle = gradient;
        ctx.beginPath();
        ctx.moveTo(from + (to > from ? 6 : -6), level);
        ctx.lineTo(to, level);
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}

/** The column on the right: 89 → 61, or one number where nothing changes. */
function figures(rows: HostLoad[], { look }: Frame): Plugin<'line'> {
  const { colours, mono } = look;
  return {
    id: 'figures',
    afterDraw({ ctx, width, scales: { y } }) {
      if (!y) return;
      ctx.save();
      ctx.textBaseline = 'middle';
      ctx.textAlign = 'right';
      rows.forEach((row, index) => {
        const level = y.getPixelForValue(index) + 0.5;
        const [now, after] = [formatPercent(row.now, 0), formatPercent(row.after, 0)].map((text) => text.slice(0, -1));
        ctx.font = `${TICK_PX}px ${mono}`;
        ctx.fillStyle = colours.ink3;
        if (!isChanged(row)) {
          ctx.fillText(now ?? '', width - 2, level);
          return;
        }
        ctx.fillText(now ?? '', width - 42, level);
        ctx.fillText('→', width - 25, level);
        ctx.fillStyle = colours.ink;
        ctx.font = `600 ${TICK_PX}px ${mono}`;
        ctx.fillText(after ?? '', width - 2, level);
      });
      ctx.restore();
    },
  };
}
