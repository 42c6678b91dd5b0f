'use client';

import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import styles from './popover.module.css';
import { type Trigger, usePopup } from './use-popup';

export type MenuItem = {
  label: string;
  /** A second, quieter line. */
  note?: string;
  /** What kind of thing comes of it, such as CSV. */
  kind?: string;
  /** Why it can't be chosen; stands in place of the note. */
  disabled?: string;
  onSelect: () => void;
};

type Props = {
  label: string;
  trigger: (props: Trigger & { 'aria-haspopup': 'menu' }) => ReactNode;
  align?: 'start' | 'end';
  items: readonly MenuItem[];
};

/** Things to do, below a button: arrows, Home and End move, Enter chooses, Esc goes back. */
export function Menu({ label, trigger, align = 'end', items }: Props) {
  const { open, close, id, place, popup, trigger: props } = usePopup();
  const entries = () => [...(popup.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useEffect(() => {
    if (open) popup.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [open, popup]);

  function onKeyDown(event: KeyboardEvent) {
    const all = entries();
    const at = all.findIndex((entry) => entry.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') close(false);
    if (to === undefined) return;
    event.preventDefault();
    all[to % all.length]?.focus();
  }

  return (
    <span ref={place} className={styles.place}>
      {trigger({ ...props, 'aria-haspopup': 'menu' })}
      {open ? (
        <div
          ref={popup}
          id={id}
          role="menu"
          aria-label={label}
          className={styles.menu}
          data-align={align}
          tabIndex={-1}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={styles.item}
              aria-disabled={item.disabled !== undefined || undefined}
              onClick={() => {
                if (item.disabled !== undefined) return;
                close();
                item.onSelect();
              }}
            >
              <span>{item.label}</span>
              {item.kind === undefined ? null : <span className={styles.kind}>{item.kind}</span>}
              {(item.disabled ?? item.note) === undefined ? null : (
                <span className={styles.note}>{item.disabled ?? item.note}</span>
              )}
            </button>
          ))}
        </div>
      ) : null}
    </span>
  );
}
