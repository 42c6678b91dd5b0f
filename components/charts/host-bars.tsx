'use client';

import type { ChartData, ChartOptions } from 'chart.js';
import { useMemo } from 'react';
import { Bar } from 'react-chartjs-2';
import { formatPercent } from '@/lib/format';
import './register';
import { type Colours, useColours } from './colours';
import type { HostBar } from './host-chart';

type Props = { bars: HostBar[]; before: string; label: string };

/** Two bars for each host: before the plan, and after it. */
export function HostBars({ bars, before, label }: Props) {
  const colours = useColours();
  const data = useMemo(() => (colours ? dataOf(bars, before, colours) : null), [bars, before, colours]);
  const options = useMemo(() => (colours ? optionsOf(colours) : undefined), [colours]);
  return data ? <Bar data={data} options={options} role="img" aria-label={label} /> : null;
}

function dataOf(bars: HostBar[], before: string, colours: Colours): ChartData<'bar'> {
  return {
    labels: bars.map(({ host }) => host),
    datasets: [
      { label: before, data: bars.map(({ now }) => now), backgroundColor: colours.now },
      { label: 'After the plan', data: bars.map(({ after }) => after), backgroundColor: colours.after },
    ],
  };
}

/** The axis runs from 0 to 100%, and further only where a plan would overload a host. */
function optionsOf(colours: Colours): ChartOptions<'bar'> {
  return {
    indexAxis: 'y',
    animation: false,
    maintainAspectRatio: false,
    scales: {
      x: {
        min: 0,
        suggestedMax: 100,
        position: 'top',
        ticks: { stepSize: 25, color: colours.ink, callback: (value) => `${value}%` },
        grid: { color: colours.line },
      },
      y: { ticks: { autoSkip: false, color: colours.ink, font: { size: 11 } }, grid: { display: false } },
    },
    plugins: {
      tooltip: { callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${formatPercent(parsed.x)}` } },
    },
  };
}
