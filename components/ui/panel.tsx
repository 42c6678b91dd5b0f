import type { ReactNode } from 'react';
import styles from './ui.module.css';

type Props = { id: string; title: string; heading?: 'h3' | 'h4'; children: ReactNode };

/** A titled area of the page. */
export function Panel({ id, title, heading: Heading = 'h3', children }: Props) {
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <Heading id={id} className={styles.panelTitle}>
        {title}
      </Heading>
      {children}
    </section>
  );
}
