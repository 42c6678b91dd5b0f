import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon';

type Props = {
  icon: IconName;
  /** The first heading of the page where it stands for the page. */
  heading: 'h1' | 'h2' | 'h3';
  title: string;
  children?: ReactNode;
  /** What can be done about it. */
  actions?: ReactNode;
  role?: 'alert';
};

/** Stands where there is nothing to show: what that means, and what to do. */
export function EmptyState({ icon, heading: Heading, title, children, actions, role }: Props) {
  return (
    <section className={styles.empty} role={role} aria-label={role ? undefined : title}>
      <span className={styles.icon}>
        <Icon name={icon} size={28} />
      </span>
      <Heading className={styles.title}>{title}</Heading>
      {children == null ? null : <p className={styles.text}>{children}</p>}
      {actions == null ? null : <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
