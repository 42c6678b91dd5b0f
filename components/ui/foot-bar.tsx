import type { ReactNode } from 'react';
import styles from './foot-bar.module.css';

type Props = {
  label: string;
  /** What would happen, or why it can't. */
  said: ReactNode;
  /** The buttons that do it. */
  children: ReactNode;
  /** Dialogs and the like, which are no buttons. */
  beside?: ReactNode;
};

/** The bar at the foot of a page that decides. */
export function FootBar({ label, said, children, beside }: Props) {
  return (
    <section className={styles.bar} aria-label={label} data-hide="print" data-foot-bar="">
      {said}
      <div className={styles.ways}>{children}</div>
      {beside}
    </section>
  );
}
