'use client';

import dynamic from 'next/dynamic';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { ChartPlace } from './chart-place';
import type { Unit } from './units';

export type LineSeries = {
  name: string;
  /** `at` is ms since the epoch; null where nothing was measured, which leaves a gap. */
  points: { at: number; value: number | null }[];
};

export type LineChartProps = {
  /** The chart in a sentence, for people who can't see it. */
  label: string;
  /** The first is grey, the second blue. */
  series: LineSeries[];
  /** What the values are; percentages run from 0 to 100 always. */
  unit: Unit;
  /** Drawn as lines; the first series is amber and red beyond them. */
  limits?: LoadLimits;
  /** px */
  height?: number;
};

const HEIGHT = 180;

const Canvas = dynamic(() => import('./lines').then(({ Lines }) => Lines), { ssr: false });

/** One or two values over time. */
export function LineChart({ height = HEIGHT, ...props }: LineChartProps) {
  return (
    <ChartPlace height={height}>
      <Canvas height={height} {...props} />
    </ChartPlace>
  );
}
