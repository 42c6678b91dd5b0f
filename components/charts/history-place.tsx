'use client';

import dynamic from 'next/dynamic';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import styles from './charts.module.css';
import { HISTORY_HEIGHT, type HistoryPoint } from './history';

type Props = { what: string; points: HistoryPoint[]; limits: LoadLimits };

/** The code of the chart comes after the page is painted. */
const Chart = dynamic(() => import('./history-chart').then((module) => module.HistoryChart), { ssr: false });

/** The place of the chart: as high as it will be, so that nothing jumps when it comes. */
export function HistoryPlace(props: Props) {
  return (
    <div className={styles.place}>
      <svg className={styles.spacer} width="1" height={HISTORY_HEIGHT} aria-hidden="true" />
      <Chart {...props} />
    </div>
  );
}
