import { useEffect, useRef } from 'react';
import { Icon } from '../ui/icon';
import styles from './finder-list.module.css';
import type { FinderGroup, FinderRow } from './finder-rows';

type Props = {
  id: string;
  groups: FinderGroup[];
  /** Key of the chosen row. */
  current: string | null;
  onOpen: (row: FinderRow) => void;
  onChoose: (key: string) => void;
};

/** The options of the field. The focus stays in the field, which names the chosen one. */
export function FinderList({ id, groups, current, onOpen, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current !== null) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);
  return (
    <div ref={list} id={id} className={styles.list} role="listbox" aria-label="Found">
      {groups.map(({ title, rows }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={title} role="group" aria-label={title}>
          <div className={styles.title} aria-hidden="true">
            {title}
          </div>
          {rows.map((row) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus
            <div
              key={row.key}
              id={`${id}-${row.key}`.replaceAll(' ', '-')}
              className={styles.row}
              role="option"
              aria-selected={row.key === current}
              aria-disabled={row.off !== undefined || undefined}
              onClick={() => {
                if (row.off === undefined) onOpen(row);
              }}
              onPointerMove={() => {
                if (row.off === undefined && row.key !== current) onChoose(row.key);
              }}
            >
              <Icon name={row.icon} />
              <span className={styles.words}>
                <span className={styles.name}>{row.name}</span>
                {row.text === '' ? null : <span className={styles.text}>{row.text}</span>}
              </span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
