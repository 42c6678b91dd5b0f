'use client';

import dynamic from 'next/dynamic';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import { ChartPlace } from './chart-place';

/** Two values of one thing in percent. */
export type DumbbellRow = { name: string; now: number; after: number };

export type DumbbellChartProps = {
  /** The chart in a sentence, for people who can't see it. */
  label: string;
  rows: DumbbellRow[];
  /** Drawn as lines; names and rings beyond `hot` are red. */
  limits: LoadLimits;
  /** Drawn as a dotted line. */
  mean?: number;
  /** Percent at the end of the scale. */
  end?: number;
};

/** Up to this many rows are drawn higher. */
export const FEW_HIGH_ROWS = 8;
const HIGH_ROW = 36;
const ROW = 20;
const AXIS = 34;

/** Its height in px. */
export const dumbbellHeight = (rows: number): number => rows * (rows <= FEW_HIGH_ROWS ? HIGH_ROW : ROW) + AXIS;

/** Figures have one decimal: less than half of that is no change. */
export const isChanged = ({ now, after }: DumbbellRow): boolean => Math.abs(after - now) >= 0.05;

const Canvas = dynamic(() => import('./dumbbells').then(({ Dumbbells }) => Dumbbells), { ssr: false });

/** A row for each name: its load now, its load after a change, and the way between them. */
export function DumbbellChart(props: DumbbellChartProps) {
  const height = dumbbellHeight(props.rows.length);
  return (
    <ChartPlace height={height}>
      <Canvas height={height} {...props} />
    </ChartPlace>
  );
}
