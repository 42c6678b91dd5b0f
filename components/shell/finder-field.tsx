'use client';

import { type KeyboardEvent, useId, useState } from 'react';
import { Icon } from '../ui/icon';
import { Kbd } from '../ui/kbd';
import { usePages } from '../ui/use-pages';
import styles from './finder-field.module.css';
import { FinderList } from './finder-list';
import type { FinderRow } from './finder-rows';
import { noteRecent } from './recent';
import { useFound } from './use-found';

/** What is typed, and what is found. */
export function FinderField({ onClose }: { onClose: () => void }) {
  const pages = usePages();
  const list = useId();
  const [text, setText] = useState('');
  const { groups, said, isCurrent } = useFound(text);
  const rows = groups.flatMap((group) => group.rows).filter(({ off }) => off === undefined);
  const [chosen, choose] = useState<string | null>(null);
  const at = Math.max(
    0,
    rows.findIndex(({ key }) => key === chosen),
  );
  const current = rows[at];
  function openRow({ href, name }: FinderRow) {
    noteRecent({ href, name });
    onClose();
    pages.push(href);
  }
  function press(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && rows.length > 0) {
      event.preventDefault();
      choose(rows[(at + by + rows.length) % rows.length]?.key ?? null);
    }
    // Rows of an older text may be others by the time they are read.
    if (event.key === 'Enter' && current !== undefined && isCurrent && !event.nativeEvent.isComposing) {
      event.preventDefault();
      openRow(current);
    }
  }
  return (
    <>
      <div className={styles.head}>
        <Icon name="search" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the field is why the dialog was opened
          autoFocus
          className={styles.input}
          role="combobox"
          aria-label="Find VMs, hosts, plans, audits, projects and pages"
          aria-expanded={rows.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={current === undefined ? undefined : `${list}-${current.key}`.replaceAll(' ', '-')}
          autoComplete="off"
          spellCheck={false}
          placeholder="Name, id or address"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            choose(null);
          }}
          onKeyDown={press}
        />
        <button type="button" className={styles.close} onClick={onClose}>
          <span className="visually-hidden">Close: </span>
          <Kbd>Esc</Kbd>
        </button>
      </div>
      <FinderList id={list} groups={groups} current={current?.key ?? null} onOpen={openRow} onChoose={choose} />
      <p className={styles.said} role="status">
        {said}
      </p>
      <p className={styles.foot}>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose <Kbd>↵</Kbd> open <Kbd>{'>'}</Kbd> acts only
        <span>Nothing runs from here: an act opens its own page.</span>
      </p>
    </>
  );
}
