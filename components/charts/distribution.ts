import type { ChartConfiguration, Plugin } from 'chart.js';
import { fade } from './colours';
import { type Frame, guides, percentAxis, TICK_PX } from './frame';
import { BIN_POINTS, countBins, type HostLoad, toSteps } from './host-loads';

/** How many hosts there are per 5 points of load: now as an outline, after the plan filled. */
export function makeDistribution(
  loads: HostLoad[],
  frame: Frame,
): ChartConfiguration<'line', { x: number; y: number }[], string> {
  const { now, after, peak } = countBins(loads, frame.end);
  const { colours } = frame.look;
  const outline = { borderWidth: 1.5, pointRadius: 0, pointHitRadius: 0, tension: 0 };
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data: toSteps(after),
          borderColor: colours.after,
          backgroundColor: fade(colours.after, 0.18),
          fill: 'origin',
          ...outline,
        },
        { data: toSteps(now), borderColor: colours.now, fill: false, ...outline },
      ],
    },
    options: {
      maintainAspectRatio: false,
      parsing: false,
      events: [],
      layout: { padding: { left: frame.gutter, right: frame.right, top: 4 } },
      plugins: { tooltip: { enabled: false } },
      scales: {
        x: percentAxis(frame, false),
        y: { display: false, min: 0, max: peak * 1.05 },
      },
    },
    plugins: [guides(frame), captions(frame, peak)],
  };
}

function captions({ look, narrow }: Frame, peak: number): Plugin<'line'> {
  return {
    id: 'captions',
    afterDraw({ ctx, chartArea: { left, right, top, bottom } }) {
      ctx.save();
      ctx.fillStyle = look.colours.ink3;
      ctx.font = `${TICK_PX}px ${look.text}`;
      ctx.textAlign = 'right';
      ctx.fillText('hosts per', left - 10, bottom - 18);
      ctx.fillText(`${BIN_POINTS} points`, left - 10, bottom - 4);
      ctx.textAlign = 'left';
      if (!narrow) ctx.fillText(`peak ${peak}`, right + 10, top + 10);
      ctx.restore();
    },
  };
}
