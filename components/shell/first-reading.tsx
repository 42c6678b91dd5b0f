'use client';

import { useEffect } from 'react';
import type { FirstReading as Answer, Progress } from '@/lib/contract/v1/readings';
import { formatCount, formatCountdown } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { useTick } from '../live/live-refresh';
import { useAnswer } from '../live/use-answer';
import styles from './first-reading.module.css';

const EVERY_MS = 2 * SECOND_MS;

/** How far the very first reading is. The page shows what is known so far, and is refreshed once all of it is. */
export function FirstReading({ initial }: { initial: Progress }) {
  const { data } = useAnswer<Answer>(
    ADDRESSES.progress,
    { progress: initial },
    { refreshInterval: EVERY_MS, revalidateOnMount: true },
  );
  const { busy, refresh } = useTick();
  const progress = data === undefined ? initial : data.progress;
  const isComplete = progress === null;
  useEffect(() => {
    // Once more after a refresh that was running already: it may have begun before the end of the reading.
    if (isComplete && !busy) refresh();
  }, [isComplete, busy, refresh]);
  const { words, percent } = describeProgress(progress);
  return (
    <section className={styles.reading} aria-label="First reading">
      <p>
        <strong>Reading the cloud for the first time.</strong> Figures appear as they become known.
      </p>
      <p className={styles.count}>{words}</p>
      <svg
        className={styles.bar}
        role="progressbar"
        aria-label="VMs read"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={words}
      >
        <rect className={styles.track} width="100%" height="6" rx="3" />
        <rect className={styles.fill} width={`${percent ?? 0}%`} height="6" rx="3" />
      </svg>
    </section>
  );
}

/** @returns `percent` null while the number of VMs is unknown */
export function describeProgress(progress: Progress | null): { words: string; percent: number | null } {
  if (progress === null) return { words: 'All VMs are read', percent: 100 };
  const { servers_read: read, servers_total: total, seconds_left: left } = progress;
  const time = left === null || left === 0 ? '' : `, about ${formatCountdown(left * SECOND_MS)} left`;
  if (total === null) return { words: read === 0 ? 'Reading hosts' : `${formatCount(read)} VMs so far`, percent: null };
  const percent = total === 0 ? 100 : Math.floor((100 * read) / total);
  return { words: `${formatCount(read)} of about ${formatCount(total)} VMs${time}`, percent };
}
