'use client';

import dynamic from 'next/dynamic';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import styles from './charts.module.css';
import { chartsHeight, type HostLoad } from './host-loads';

type Props = { what: 'CPU' | 'RAM'; loads: HostLoad[]; rows: HostLoad[]; limits: LoadLimits; before: string };

const loadChart = () => import('./host-loads-chart').then((module) => module.HostLoadsChart);

/** The code of the charts comes after the page is painted. */
const Chart = dynamic(loadChart, { ssr: false });

/** The place of the charts: as high as they will be, so that nothing jumps when they come. */
export function HostLoadsPlace(props: Props) {
  return (
    <div className={styles.place}>
      <svg
        className={styles.spacer}
        width="1"
        height={chartsHeight(props.loads.length, props.rows.length)}
        aria-hidden="true"
      />
      <Chart {...props} />
    </div>
  );
}
