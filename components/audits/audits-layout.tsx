import type { ReactNode } from 'react';
import { Stack } from '../ui/page';
import styles from './audits-layout.module.css';

/** The list on the left, the selected audit on the right. Narrow screens have a select instead of the list. */
export function AuditsLayout({ rail, children }: { rail: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.audits}>
      <div data-hide="narrow print">{rail}</div>
      <Stack>{children}</Stack>
    </div>
  );
}
