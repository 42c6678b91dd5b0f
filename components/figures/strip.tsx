import type { ReactNode } from 'react';
import styles from './strip.module.css';

const MOST_ON_TABLET = 4;
const MOST_ON_DESKTOP = 6;

/** Columns that make every row of `cells` about as long as the others. */
const columnsFor = (cells: number, most: number): number => Math.ceil(cells / Math.ceil(Math.max(cells, 1) / most));

/** The strip of figures, for any number of cells: a row that has fewer of them has wider ones. */
export function Strip({ cells, children }: { cells: number; children: ReactNode }) {
  return (
    <div
      className={styles.strip}
      data-tablet={columnsFor(cells, MOST_ON_TABLET)}
      data-desktop={columnsFor(cells, MOST_ON_DESKTOP)}
    >
      {children}
      <span hidden data-end />
    </div>
  );
}
