import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon';
import styles from './banner.module.css';

type Props = {
  tone: 'error' | 'warn' | 'mock';
  /** An error is read out when it comes; what is only old or generated is not. */
  role?: 'alert' | 'status';
  action?: ReactNode;
  children: ReactNode;
};

const ICONS: Record<Props['tone'], IconName> = { error: 'error', warn: 'clock', mock: 'mock' };

/** Above everything: what stands in the way of current and real data. */
export function Banner({ tone, role, action, children }: Props) {
  return (
    <section className={styles.banner} data-tone={tone} role={role} aria-label={role ? undefined : 'Notice'}>
      <span className={styles.icon}>
        <Icon name={ICONS[tone]} />
      </span>
      <div className={styles.text}>{children}</div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </section>
  );
}
