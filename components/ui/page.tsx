import type { ReactNode } from 'react';
import { Icon } from './icon';
import { Link } from './link';
import styles from './page.module.css';

type HeadProps = {
  title: ReactNode;
  /** Sets the title, a name, in monospace. */
  mono?: boolean;
  /** Links above the title, to where the page belongs. */
  ways?: ReactNode;
  /** Beside the title. */
  aside?: ReactNode;
  /** Below the title. */
  children?: ReactNode;
};

/** The first heading of a page. */
export function PageHead({ title, mono, ways, aside, children }: HeadProps) {
  return (
    <header className={styles.head}>
      {ways === undefined ? null : (
        <nav className={styles.ways} data-hide="print">
          {ways}
        </nav>
      )}
      <div className={styles.line}>
        <h1 className={styles.title} data-mono={mono || undefined}>
          {title}
        </h1>
        {aside}
      </div>
      {children === undefined ? null : <div className={styles.about}>{children}</div>}
    </header>
  );
}

type SectionProps = {
  id: string;
  title: string;
  /** Beside the title, quieter. */
  children?: ReactNode;
};

/** The heading of a section of several panels. */
export function SectionHead({ id, title, children }: SectionProps) {
  return (
    <div className={styles.section}>
      <h2 id={id} className={styles.sectionTitle}>
        {title}
      </h2>
      {children}
    </div>
  );
}

/** Panels below each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className={styles.back} href={href} prefetch={false}>
      <Icon name="back" size={14} />
      {children}
    </Link>
  );
}

type ColumnsProps = {
  /** Which of the two gets more room. */
  wide?: 'first' | 'second';
  children: ReactNode;
};

/** Two panels side by side, or one below the other on narrow screens. */
export function Columns({ wide, children }: ColumnsProps) {
  return (
    <div className={styles.columns} data-wide={wide}>
      {children}
    </div>
  );
}
