import type { ReactNode } from 'react';
import { Icon, type IconName, type IconTone } from '../ui/icon';
import styles from './act-head.module.css';

/** The parts of the head of a page that follows what was begun. */

type TitleProps = { icon: IconName; tone: IconTone; children: ReactNode };

/** How it goes, with a mark before it. */
export const ActTitle = ({ icon, tone, children }: TitleProps) => (
  <span className={styles.title}>
    <Icon name={icon} size={24} tone={tone} />
    <span>{children}</span>
  </span>
);

/** What can be done about it. */
export const ActWays = ({ children }: { children: ReactNode }) => <div className={styles.acts}>{children}</div>;

/** What it is about, as services name it. */
export const ActName = ({ children }: { children: ReactNode }) => <span className={styles.name}>{children}</span>;
