import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon';
import styles from './banner.module.css';

type Props = {
  tone: 'error' | 'warn' | 'mock';
  /** Screen readers announce an error when it appears. */
  role?: 'alert' | 'status';
  action?: ReactNode;
  children: ReactNode;
};

const ICONS: Record<Props['tone'], IconName> = { error: 'error', warn: 'clock', mock: 'mock' };

/** Stands above everything else: why the data is not current, or not real. */
export function Banner({ tone, role, action, children }: Props) {
  return (
    <section className={styles.banner} data-tone={tone} role={role} aria-label={role ? undefined : 'Notice'}>
      <span className={styles.icon}>
        <Icon name={ICONS[tone]} tone={tone} />
      </span>
      <div className={styles.text}>{children}</div>
      {action === undefined ? null : (
        <div className={styles.action} data-hide="print">
          {action}
        </div>
      )}
    </section>
  );
}

export function BannerDetail({ children }: { children: ReactNode }) {
  return <span className={styles.detail}>{children}</span>;
}
