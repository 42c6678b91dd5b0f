import type { ReactNode } from 'react';
import { Icon } from './icon';
import styles from './sort-button.module.css';

type SortButtonProps = {
  name: ReactNode;
  direction: 'ascending' | 'descending' | undefined;
  onClick: () => void;
};

/** The title of a column by which rows can be sorted. */
export function SortButton({ name, direction, onClick }: SortButtonProps) {
  const icon = { ascending: 'up', descending: 'down', none: 'sort' } as const;
  return (
    <button type="button" className={styles.sort} onClick={onClick}>
      {name}
      <span className={styles.direction}>
        <Icon name={icon[direction ?? 'none']} size={12} />
      </span>
    </button>
  );
}
