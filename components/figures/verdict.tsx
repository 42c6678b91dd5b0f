import type { ReactNode } from 'react';
import { Icon, type IconName, type IconTone } from '@/components/ui/icon';
import styles from './verdict.module.css';

type Props = {
  tone: IconTone;
  icon: IconName;
  /** 1 for the first heading of the page. */
  level: 1 | 2;
  heading: ReactNode;
  /** The figures behind the sentence. */
  children?: ReactNode;
  /** What can be done about it: buttons. */
  actions?: ReactNode;
};

/** A state in a sentence. */
export function Verdict({ tone, icon, level, heading, children, actions }: Props) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.verdict}>
      <span className={styles.icon}>
        <Icon name={icon} size={24} tone={tone} />
      </span>
      <div>
        <Heading className={styles.heading}>{heading}</Heading>
        {children === undefined ? null : <p className={styles.detail}>{children}</p>}
        {actions === undefined ? null : (
          <div className={styles.actions} data-hide="print">
            {actions}
          </div>
        )}
      </div>
    </div>
  );
}

/** The name of a host, an audit or a VM in a sentence. */
export function VerdictName({ children }: { children: ReactNode }) {
  return <span className={styles.name}>{children}</span>;
}

export function VerdictRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
