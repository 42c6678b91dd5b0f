import type { ReactNode } from 'react';
import type { Explanation as Told } from '@/lib/contract/v1/explanations';
import { Icon } from '../ui/icon';
import styles from './explanation.module.css';
import shared from './review.module.css';

/** Why an audit or a plan gave nothing: cause, what shows it, what to do. */
export function Explanation({ explanation }: { explanation: Told }) {
  const { cause, certain, evidence, next } = explanation;
  return (
    <section className={styles.explanation} aria-label="Why" data-code={explanation.code}>
      <Icon name="info" />
      <div className={styles.explained}>
        <p className={styles.cause}>
          {cause}
          {certain ? null : <span className={shared.quiet}> Watcher does not say so itself.</span>}
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

/** Its place where it comes late: as high while it is awaited as when it is there. */
export function ExplanationPlace({ children }: { children?: ReactNode }) {
  return (
    <div className={styles.place}>
      {children ?? (
        <section className={styles.explanation} aria-label="Why" aria-busy="true">
          <Icon name="info" />
          <p className={shared.quiet}>Looking for the reason…</p>
        </section>
      )}
    </div>
  );
}
