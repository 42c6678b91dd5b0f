import { MISSING } from '@/lib/format';
import styles from './hosts.module.css';

/** A dash, and why: in the tooltip, and for those who hear the page. */
export function Unknown({ reason }: { reason: string }) {
  return (
    <span className={styles.unknown} title={reason}>
      {MISSING}
      <span className="visually-hidden"> {reason}</span>
    </span>
  );
}

/** "35 → 32"; one figure where nothing changes. */
export function Changed({ before, after }: { before: string; after: string | null }) {
  if (after === null || after === before) return before;
  return (
    <>
      <span className={styles.before}>{before}</span>
      <span className={styles.arrow} aria-hidden="true">
        {' → '}
      </span>
      <span className="visually-hidden"> now, after the plan </span>
      <span className={styles.after} data-changed>
        {after}
      </span>
    </>
  );
}
