import type { ReactNode } from 'react';
import styles from './ui.module.css';

type Props = {
  tone: 'error' | 'warn' | 'mock' | 'plain';
  /**
   * How it is announced when it appears. Not at all inside panels: one failing source fails several of them, and the
   * header's status says so once.
   */
  role?: 'alert' | 'status';
  children: ReactNode;
};

/** A sentence that has to be seen. */
export function Notice({ tone, role, children }: Props) {
  return (
    <p className={styles.notice} data-tone={tone} role={role}>
      {children}
    </p>
  );
}
