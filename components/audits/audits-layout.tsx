import type { ReactNode } from 'react';
import { Stack } from '../ui/page';
import styles from './audits-layout.module.css';

/** The list on the left, the selected audit on the right. Narrow screens have a select instead of the list. */
export function AuditsLayout({ rail, children }: { rail: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.audits}>
      <div className={styles.rail}>{rail}</div>
      <Stack>{children}</Stack>
    </div>
  );
}
