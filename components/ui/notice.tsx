import type { ReactNode } from 'react';
import styles from './notice.module.css';

type Props = {
  tone: 'error' | 'warn' | 'mock' | 'plain';
  /**
   * How screen readers announce it. Left out in panels: a failing source affects several, and the top bar announces it.
   */
  role?: 'alert' | 'status';
  children: ReactNode;
};

/** A sentence that should be noticed. */
export function Notice({ tone, role, children }: Props) {
  return (
    <p className={styles.notice} data-tone={tone} role={role}>
      {children}
    </p>
  );
}
