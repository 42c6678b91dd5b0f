import type { ReactNode } from 'react';
import styles from './main.module.css';

const ID = 'content';

/** The first stop of the tab key. */
export function SkipLink() {
  return (
    <a className={styles.skip} data-hide="print" href={`#${ID}`}>
      Skip to content
    </a>
  );
}

/** What a page has of its own. */
export function Main({ children }: { children: ReactNode }) {
  return (
    <main id={ID} className={styles.main} tabIndex={-1}>
      {children}
    </main>
  );
}
