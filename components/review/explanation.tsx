import type { Explanation as Told } from '@/lib/contract/v1/explanations';
import { Icon } from '../ui/icon';
import styles from './review.module.css';

/** Why an audit or a plan gave nothing: cause, what shows it, what to do. */
export function Explanation({ explanation }: { explanation: Told }) {
  const { cause, certain, evidence, next } = explanation;
  return (
    <section className={styles.explanation} aria-label="Why" data-code={explanation.code}>
      <Icon name="info" />
      <div className={styles.explained}>
        <p className={styles.cause}>
          {cause}
          {certain ? null : <span className={styles.quiet}> Watcher does not say so itself.</span>}
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
