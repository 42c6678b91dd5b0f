import Link from 'next/link';
import type { ReactNode } from 'react';
import { MISSING } from '@/lib/format';
import styles from './values.module.css';

export function Quiet({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.quiet} title={title}>
      {children}
    </span>
  );
}

type NameProps = {
  children: string;
  /** The tooltip, if it says more than the name. */
  title?: string;
  changed?: boolean;
};

/** A name or an id, cut if there is no room for it. */
export function Name({ children, title = children, changed = false }: NameProps) {
  return (
    <span className={styles.name} title={title} data-changed={changed || undefined}>
      {children}
    </span>
  );
}

export function NameLink({ href, children }: { href: string; children: string }) {
  return (
    <Link className={styles.name} href={href} title={children} prefetch={false}>
      {children}
    </Link>
  );
}

/** A dash, with the reason in the tooltip and for screen readers. */
export function Unknown({ reason }: { reason: string }) {
  return (
    <span className={styles.unknown} title={reason}>
      {MISSING}
      <span className="visually-hidden"> {reason}</span>
    </span>
  );
}

type ChangedProps = {
  before: ReactNode;
  /** null if nothing changes. */
  after: ReactNode;
};

/** "35 → 32", read by screen readers as "35 to 32"; only one value if nothing changes. */
export function Changed({ before, after }: ChangedProps) {
  if (after === null || after === before) return before;
  return (
    <>
      <span className={styles.quiet}>{before}</span>
      <span className={styles.to}>
        <span className="visually-hidden"> to </span>
      </span>
      <After>{after}</After>
    </>
  );
}

/** A value after the plan. */
export function After({ children }: { children: ReactNode }) {
  return <span className={styles.after}>{children}</span>;
}
