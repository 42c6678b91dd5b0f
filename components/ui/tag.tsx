import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './tag.module.css';

export type TagTone = 'plain' | 'accent' | 'ok' | 'warn' | 'error' | 'mock';

type Props = { tone?: TagTone; icon?: IconName; title?: string; children: ReactNode };

/** A short label such as "as of 02:41 UTC". */
export function Tag({ tone = 'plain', icon, title, children }: Props) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {icon === undefined ? null : <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
