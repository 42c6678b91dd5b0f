import type { ReactNode } from 'react';
import { FootBar } from '../ui/foot-bar';
import styles from './drain-foot.module.css';

type Props = { label: string; lead: ReactNode; note: ReactNode; children: ReactNode };

/** The bar of a host that is drained: what would happen in a sentence, and what to know. */
export function DrainFoot({ label, lead, note, children }: Props) {
  return (
    <FootBar
      label={label}
      said={
        <div className={styles.words}>
          <p className={styles.lead}>{lead}</p>
          <p className={styles.note} aria-live="polite">
            {note}
          </p>
        </div>
      }
    >
      {children}
    </FootBar>
  );
}
