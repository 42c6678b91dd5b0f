import type { ReactNode } from 'react';
import styles from './chart-place.module.css';

/** Reserves the height of a chart (px) until its code arrives, so that the page doesn't move. */
export function ChartPlace({ height, children }: { height: number; children: ReactNode }) {
  return (
    <div className={styles.place}>
      <svg className={styles.spacer} width="1" height={height} aria-hidden="true" />
      {children}
    </div>
  );
}
