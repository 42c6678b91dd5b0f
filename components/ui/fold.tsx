import styles from './fold.module.css';

/**
 * Where a page may be shown as far as it has come: the front door sends what is above, lets the browser paint it, and
 * sends the rest (lib/server/page-in-parts.ts). Stands where nothing above moves when the rest arrives, and never within
 * a table or a row of panels, whose widths depend on all of it. While it is the last, it has about the height of what is to
 * come, so that the page scrolls from the start.
 */
export function Fold() {
  return <span className={styles.fold} data-fold />;
}
