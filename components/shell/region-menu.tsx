'use client';

import { Icon } from '../ui/icon';
import { later } from '../ui/later';
import { Popover } from '../ui/popover';
import { Loading } from '../ui/skeleton';
import styles from './region-menu.module.css';

const Choice = later(() => import('./region-choice').then(({ RegionChoice }) => RegionChoice), Loading);

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
