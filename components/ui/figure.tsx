import type { ReactNode } from 'react';
import styles from './ui.module.css';

/** One big number with its unit. */
export function Figure({ value, unit }: { value: string; unit?: string }) {
  return (
    <p className={styles.figure}>
      {value}
      {unit ? <span className={styles.unit}> {unit}</span> : null}
    </p>
  );
}

export function Caption({ children }: { children: ReactNode }) {
  return <p className={styles.caption}>{children}</p>;
}

/** Names of hosts, VMs and flavors, and ids. */
export function Name({ children }: { children: ReactNode }) {
  return <span className={styles.name}>{children}</span>;
}
