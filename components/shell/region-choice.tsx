'use client';

import { useEffect } from 'react';
import type { Regions } from '@/lib/contract/v1/regions';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { useAnswer } from '../live/use-answer';
import { Notice } from '../ui/notice';
import { Loading } from '../ui/skeleton';
import styles from './region-choice.module.css';
import { NOT_ADDED_UP, RegionList } from './region-list';

/** Read when the menu opens, so that pages cost nothing more where there are many regions. */
export function RegionChoice({ rendered }: { rendered: number }) {
  const now = useNow(rendered);
  const { data, error, mutate } = useAnswer<Regions>(ADDRESSES.regions);
  // What was known when it was open last comes first.
  useEffect(() => {
    void mutate();
  }, [mutate]);
  return (
    <>
      {data ? (
        <RegionList regions={data.regions} now={now} />
      ) : error ? (
        <Notice tone="error">{error.message}</Notice>
      ) : (
        <Loading />
      )}
      <p className={styles.foot}>{NOT_ADDED_UP}</p>
    </>
  );
}
