import type { ReactNode } from 'react';
import styles from './notice.module.css';

type Props = {
  tone: 'error' | 'warn' | 'mock' | 'plain';
  /** How it is announced. Silent inside panels: one failing source affects several, and the header announces it once. */
  role?: 'alert' | 'status';
  children: ReactNode;
};

/** A sentence that must be noticed. */
export function Notice({ tone, role, children }: Props) {
  return (
    <p className={styles.notice} data-tone={tone} role={role}>
      {children}
    </p>
  );
}
