import type { ReactNode } from 'react';
import { MISSING } from '@/lib/format';
import { Icon } from './icon';
import { Link } from './link';
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
  /** Whether it gets worse: said by a mark, not by the colour alone. */
  isWorse?: boolean;
};

/** "35 → 32", read by screen readers as "35 to 32"; only one value if nothing changes. */
export function Changed({ before, after, isWorse = false }: ChangedProps) {
  if (after === null || after === before) return before;
  return (
    <>
      <span className={styles.quiet}>{before}</span>
      <span className={styles.to}>
        <span className="visually-hidden"> to </span>
      </span>
      {isWorse ? <Worse>{after}</Worse> : <After>{after}</After>}
    </>
  );
}

/** A value after the plan that is worse than before. */
function Worse({ children }: { children: ReactNode }) {
  return (
    <span className={styles.worse} title="Worse than now">
      <Icon name="warn" size={12} />
      {children}
      <span className="visually-hidden">, worse</span>
    </span>
  );
}

/** A value after the plan. */
export function After({ children }: { children: ReactNode }) {
  return <span className={styles.after}>{children}</span>;
}
