'use client';

import { Chart, type ChartConfiguration } from 'chart.js';
import { useLayoutEffect, useRef } from 'react';
import styles from './charts.module.css';
import './register';

type Props = {
  /** One sentence for those who don't see it. */
  label: string;
  /** Must stay the same object for as long as nothing changes: a new one is a new chart. */
  config: ChartConfiguration<'line', (number | null)[] | { x: number; y: number }[], string>;
  /** px */
  height: number;
};

/** A chart that fills the width of its place. */
export function ChartCanvas({ label, config, height }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (place.current) place.current.style.height = `${height}px`;
  }, [height]);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const chart = new Chart(canvas.current, config);
    const resize = () => chart.resize();
    window.addEventListener('beforeprint', resize);
    window.addEventListener('afterprint', resize);
    return () => {
      window.removeEventListener('beforeprint', resize);
      window.removeEventListener('afterprint', resize);
      chart.destroy();
    };
  }, [config]);
  return (
    <div ref={place} className={styles.canvas}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
