import type { ReactNode } from 'react';
import styles from './panel-frame.module.css';

type Props = {
  id: string;
  title: string;
  heading?: 'h2' | 'h3' | 'h4';
  /** Beside the title, quieter. */
  note?: ReactNode;
  /** A word that has to be seen, such as of when the data is. */
  tag?: ReactNode;
  /** At the right end of the head. */
  controls?: ReactNode;
  children: ReactNode;
};

/** A panel with a head: title, note and controls; what is in it reaches to the edges. */
export function PanelFrame({ id, title, heading: Heading = 'h2', note, tag, controls, children }: Props) {
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {title}
        </Heading>
        {note == null ? null : <span className={styles.note}>{note}</span>}
        {tag}
        {controls == null ? null : <div className={styles.controls}>{controls}</div>}
      </div>
      {children}
    </section>
  );
}

/** What does not reach to the edges. */
export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}
