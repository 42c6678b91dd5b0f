'use client';

import dynamic from 'next/dynamic';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { ChartPlace } from './chart-place';
import type { Unit } from './units';

export type BarSeries = {
  name: string;
  /** One value for each bar; null where it is unknown, which leaves a gap. */
  values: (number | null)[];
};

/** A scale of percent instead of names: bars without gaps, each for as many points. */
export type Bins = {
  /** Points for each bar. */
  width: number;
  /** Percent at the end of the scale. */
  end: number;
  mean: number;
  /** Two short lines beside the bars: what they count. */
  caption: [string, string];
  /** The names of the dumbbell chart below, so that both charts share one scale. */
  above: string[];
};

export type BarChartProps = {
  /** The chart in a sentence, for people who can't see it. */
  label: string;
  /** The first is grey, the second blue. A histogram fills the last one and draws the others as outlines. */
  series: BarSeries[];
  /** A name for each bar, or the scale of a histogram. */
  bars: string[] | Bins;
  /** What the values are. */
  unit: Unit;
  /** Drawn as lines; bars beyond them are amber and red. In a histogram they are on the scale of percent. */
  limits?: LoadLimits;
  /** px */
  height?: number;
};

export type BarProps = BarChartProps & { height: number };

const HEIGHT = 180;

const Canvas = dynamic(() => import('./bars').then(({ Bars }) => Bars), { ssr: false });

/** One or two values for each of a few things, or how many things there are for each few percent. */
export function BarChart({ height = HEIGHT, ...props }: BarChartProps) {
  return (
    <ChartPlace height={height}>
      <Canvas height={height} {...props} />
    </ChartPlace>
  );
}
