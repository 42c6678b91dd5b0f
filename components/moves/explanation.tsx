import type { ReactNode } from 'react';
import type { Explanation as Explained } from '@/lib/contract/v1/explanations';
import { Icon } from '../ui/icon';
import { Quiet } from '../ui/values';
import styles from './explanation.module.css';

/** Why an audit or a plan did nothing: cause, evidence and what to do. */
export function Explanation({ explanation }: { explanation: Explained }) {
  const { code, cause, certain, evidence, next } = explanation;
  return (
    <section className={styles.explanation} aria-label="Why" data-code={code}>
      <Icon name="info" />
      <div className={styles.explained}>
        <p className={styles.cause}>
          {cause}
          {certain ? null : <Quiet> This is likely, but Watcher does not report it.</Quiet>}
        </p>
        {evidence.length === 0 ? null : (
          <ul className={styles.evidence}>
            {evidence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <p className={styles.next}>{next}</p>
      </div>
    </section>
  );
}

/** Reserves room for an explanation while it loads, so that nothing moves when it arrives. */
export function ExplanationPlace({ children }: { children?: ReactNode }) {
  return (
    <div className={styles.place}>
      {children ?? (
        <section className={styles.explanation} aria-label="Why" aria-busy="true">
          <Icon name="info" />
          <p>
            <Quiet>Looking for the reason…</Quiet>
          </p>
        </section>
      )}
    </div>
  );
}
