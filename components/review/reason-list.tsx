import type { ReactNode } from 'react';
import styles from './reason-list.module.css';

/** What Watcher and the pre-flight say about an action; nothing if both are silent. */
export function ReasonList({
  message,
  reasons,
  children,
}: {
  message: string | null;
  reasons: { check: string; text: string }[];
  /** What could not be checked. */
  children?: ReactNode;
}) {
  if (message === null && reasons.length === 0 && children === undefined) return null;
  return (
    <ul className={styles.reasons}>
      {message === null ? null : <li>{message}</li>}
      {reasons.map(({ text, check }) => (
        <li key={`${check} ${text}`}>{text}</li>
      ))}
      {children === undefined ? null : <li className={styles.unchecked}>{children}</li>}
    </ul>
  );
}
