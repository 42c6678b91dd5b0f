'use client';

import type { Chart, ChartData, ChartOptions, ChartType, Plugin } from 'chart.js';
import { memo, useEffect, useMemo, useRef } from 'react';
import { Chart as ReactChart } from 'react-chartjs-2';
import styles from './chart-canvas.module.css';
import { type Look, useLook } from './look';

/** How a chart is drawn: its type, what it shows, how it looks, and what it draws beside its data. */
export type Drawing<Type extends ChartType, Point, Label = string> = {
  type: Type;
  data: ChartData<Type, Point, Label>;
  options: ChartOptions<Type>;
  plugins: Plugin<Type>[];
};

type Props = {
  /** The chart in a sentence, for people who can't see it. */
  label: string;
  /** px */
  height: number;
};

/**
 * Draws `given` on a canvas, and draws it again when it changes or the look of the page does. The chart itself stays: a new
 * one would have to measure its place, which takes twice as long.
 */
function ChartCanvas<Type extends ChartType, Point, Label, Given extends Props>({
  draw,
  given,
}: {
  draw: (given: Given, look: Look) => Drawing<Type, Point, Label>;
  given: Given;
}) {
  const look = useLook();
  const chart = useRef<Chart<Type, Point, Label>>(null);
  const { type, data, options, plugins } = useMemo(() => draw(given, look), [draw, given, look]);
  useEffect(() => {
    const resize = () => chart.current?.resize();
    window.addEventListener('beforeprint', resize);
    window.addEventListener('afterprint', resize);
    return () => {
      window.removeEventListener('beforeprint', resize);
      window.removeEventListener('afterprint', resize);
    };
  }, []);
  return (
    <div className={styles.canvas}>
      <ReactChart
        ref={chart}
        type={type}
        data={data}
        options={options}
        plugins={plugins}
        updateMode="none"
        aria-label={given.label}
      />
    </div>
  );
}

/** The component that draws its props by `draw`. */
export function canvasOf<Type extends ChartType, Point, Label, Given extends Props>(
  draw: (given: Given, look: Look) => Drawing<Type, Point, Label>,
) {
  return memo((given: Given) => <ChartCanvas draw={draw} given={given} />);
}
