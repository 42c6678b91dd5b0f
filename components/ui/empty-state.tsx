import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon';
import { Panel } from './panel';

type Props = {
  icon: IconName;
  heading: 'h1' | 'h2' | 'h3' | 'h4';
  title: string;
  children?: ReactNode;
  /** What can be done about it. */
  actions?: ReactNode;
  role?: 'alert';
};

/** Shown instead of content that is missing: what that means, and what to do. */
export function EmptyState({ icon, heading: Heading, title, children, actions, role }: Props) {
  return (
    <Panel label={title}>
      <div className={styles.empty} role={role}>
        <span className={styles.icon}>
          <Icon name={icon} size={28} />
        </span>
        <Heading className={styles.title}>{title}</Heading>
        {children == null ? null : <div className={styles.text}>{children}</div>}
        {actions == null ? null : <div className={styles.actions}>{actions}</div>}
      </div>
    </Panel>
  );
}
