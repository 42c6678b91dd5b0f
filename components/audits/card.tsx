import type { ReactNode } from 'react';
import styles from './card.module.css';

/** The levels below the audit's own title. */
export type Level = 2 | 4;

type Props = {
  id: string;
  title: string;
  level: Level;
  /** Beside the title, quieter. */
  note?: ReactNode;
  /** On the right of the title. */
  actions?: ReactNode;
  /** Goes on over pages in print. */
  long?: boolean;
  className?: string;
  children: ReactNode;
};

/** A titled area whose parts go from edge to edge. */
export function Card({ id, title, level, note, actions, long, className, children }: Props) {
  const Heading = level === 2 ? 'h2' : 'h4';
  return (
    <section
      className={className === undefined ? styles.card : `${styles.card} ${className}`}
      aria-labelledby={id}
      data-long={long || undefined}
    >
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        {note === undefined ? null : <span className={styles.note}>{note}</span>}
        <span className={styles.grow} />
        {actions === undefined ? null : <span className={styles.actions}>{actions}</span>}
      </div>
      {children}
    </section>
  );
}

/** The line at the bottom: what is left out on the left, what to do about it on the right. */
export function CardFoot({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.foot}>
      <span className={styles.said}>{children}</span>
      {actions === undefined ? null : <span className={styles.actions}>{actions}</span>}
    </div>
  );
}
