import type { ReactNode } from 'react';
import styles from './ui.module.css';

type Props = { tone: 'error' | 'warn' | 'mock' | 'plain'; children: ReactNode };

/** A sentence that has to be seen. An error is announced. */
export function Notice({ tone, children }: Props) {
  return (
    <p className={styles.notice} data-tone={tone} role={tone === 'error' ? 'alert' : undefined}>
      {children}
    </p>
  );
}
