'use client';

import { Chart, type ChartConfiguration, type Plugin } from 'chart.js';
import { useLayoutEffect, useRef } from 'react';
import styles from './charts.module.css';
import './register';

type Points = (number | null)[] | { x: number; y: number }[];
type Drawn = { chart: Chart<'line', Points, string>; plugins: Plugin<'line'>[]; height: number };

type Props = {
  /** One sentence for those who don't see it. */
  label: string;
  /** Must stay the same object for as long as nothing changes: a new one is drawn anew. */
  config: ChartConfiguration<'line', Points, string>;
  /** px */
  height: number;
};

/** A chart that fills the width of its place. */
export function ChartCanvas({ label, config, height }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Drawn | null>(null);
  useLayoutEffect(() => {
    if (place.current === null || canvas.current === null) return;
    place.current.style.height = `${height}px`;
    if (drawn.current === null) {
      const plugins = [...(config.plugins ?? [])];
      drawn.current = { chart: new Chart(canvas.current, { ...config, plugins }), plugins, height };
      return;
    }
    // Other figures in the same chart: a new one would measure its place and watch it anew, which costs twice as much.
    const { chart, plugins } = drawn.current;
    chart.data = config.data;
    chart.options = config.options ?? {};
    // The list itself can't be replaced; it is looked through at each update.
    plugins.splice(0, plugins.length, ...(config.plugins ?? []));
    const before = chart.height;
    if (drawn.current.height !== height) chart.resize(chart.width, height);
    drawn.current.height = height;
    // To get another size is to be updated.
    if (chart.height === before) chart.update('none');
  }, [config, height]);
  useLayoutEffect(() => {
    const resize = () => drawn.current?.chart.resize();
    window.addEventListener('beforeprint', resize);
    window.addEventListener('afterprint', resize);
    return () => {
      window.removeEventListener('beforeprint', resize);
      window.removeEventListener('afterprint', resize);
      drawn.current?.chart.destroy();
      drawn.current = null;
    };
  }, []);
  return (
    <div ref={place} className={styles.canvas}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
