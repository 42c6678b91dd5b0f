'use client';

import { useEffect } from 'react';
import type { Regions } from '@/lib/contract/v1/regions';
import { ADDRESSES } from '../live/answers';
import { useNow } from '../live/now';
import { useAnswer } from '../live/use-answer';
import { Icon } from '../ui/icon';
import { Notice } from '../ui/notice';
import { Popover } from '../ui/popover';
import { Loading } from '../ui/skeleton';
import { NOT_ADDED_UP, RegionList } from './region-list';
import styles from './region-menu.module.css';

/** The name of this region, and the way to the others. @param rendered time of rendering; ms */
export function RegionMenu({ label, rendered }: { label: string; rendered: number }) {
  return (
    <>
      <span className={styles.crumb} aria-hidden="true">
        /
      </span>
      <span className={styles.place}>
        <Popover
          label="Regions"
          trigger={(props) => (
            <button type="button" {...props} className={styles.button} title={`Region ${label}`}>
              <span className="visually-hidden">Region </span>
              <span className={styles.name}>{label}</span>
              <Icon name="down" size={14} />
            </button>
          )}
        >
          <Choice rendered={rendered} />
        </Popover>
      </span>
    </>
  );
}

/** Read when the menu opens, so that pages cost nothing more where there are many regions. */
function Choice({ rendered }: { rendered: number }) {
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
