'use client';

import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { withBase } from '@/lib/base-path';
import { useKeep } from './kept-query';
import styles from './menu.module.css';
import { Popup, PopupPlace } from './popover';
import { type Trigger, usePopup } from './use-popup';

export type MenuItem = {
  label: string;
  /** A second, quieter line. */
  note?: string;
  /** What it produces, such as CSV. */
  kind?: string;
  /** Why it can't be chosen; replaces the note. */
  disabled?: string;
} & (
  | { onSelect: () => void }
  /** A file from this origin, and the name to save it under. */
  | { href: string; download: string }
);

type Props = {
  label: string;
  trigger: (props: Trigger & { 'aria-haspopup': 'menu' }) => ReactNode;
  align?: 'start' | 'end';
  items: readonly MenuItem[];
};

/** Actions below a button: arrow keys, Home and End move, Enter selects, Esc closes. */
export function Menu({ label, trigger, align = 'end', items }: Props) {
  const state = usePopup();
  const { open, close, popup } = state;
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
    <PopupPlace popup={state} button={trigger({ ...state.trigger, 'aria-haspopup': 'menu' })}>
      <Popup popup={state} role="menu" aria-label={label} align={align} tabIndex={-1} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <Item key={item.label} item={item} onChoose={close} />
        ))}
      </Popup>
    </PopupPlace>
  );
}

function Item({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const keep = useKeep();
  const { label, kind, note, disabled } = item;
  const props = { role: 'menuitem', tabIndex: -1, className: styles.item } as const;
  const content = (
    <>
      <span>{label}</span>
      {kind === undefined ? null : <span className={styles.kind}>{kind}</span>}
      {(disabled ?? note) === undefined ? null : <span className={styles.note}>{disabled ?? note}</span>}
    </>
  );
  if ('href' in item) {
    return (
      <a {...props} href={withBase(keep(item.href))} download={item.download} onClick={() => onChoose()}>
        {content}
      </a>
    );
  }
  return (
    <button
      {...props}
      type="button"
      aria-disabled={disabled !== undefined || undefined}
      onClick={() => {
        if (disabled !== undefined) return;
        onChoose();
        item.onSelect();
      }}
    >
      {content}
    </button>
  );
}
