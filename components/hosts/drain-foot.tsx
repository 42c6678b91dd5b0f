import type { ReactNode } from 'react';
import styles from './drain-foot.module.css';

type Props = { label: string; lead: ReactNode; note: ReactNode; children: ReactNode };

/** The bar at the foot of a page that decides: what would happen, and the buttons that do it. */
export function DrainFoot({ label, lead, note, children }: Props) {
  return (
    <section className={styles.bar} aria-label={label} data-hide="print" data-foot-bar="">
      <div className={styles.words}>
        <p className={styles.lead}>{lead}</p>
        <p className={styles.note} aria-live="polite">
          {note}
        </p>
      </div>
      <div className={styles.ways}>{children}</div>
    </section>
  );
}
