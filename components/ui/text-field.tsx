'use client';

import { useRef } from 'react';
import styles from './field.module.css';
import { Icon, type IconName } from './icon';
import { Kbd } from './kbd';

type Props = {
  /** The name for screen readers; the placeholder is visible instead. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  icon?: IconName;
  /** The key that focuses the field, shown while it is empty. */
  hint?: string;
  /** `/` focuses this field. */
  isSearch?: boolean;
};

/** A search field; Esc and the cross clear it. */
export function TextField({ label, value, onChange, placeholder, icon = 'search', hint, isSearch = true }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className={styles.field}>
      <Icon name={icon} />
      <input
        ref={input}
        className={styles.input}
        type={isSearch ? 'search' : 'text'}
        value={value}
        placeholder={placeholder}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        data-search={isSearch || undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
      {value !== '' ? (
        <button
          type="button"
          className={styles.clear}
          aria-label={`Clear ${label.toLowerCase()}`}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <Icon name="close" size={12} />
        </button>
      ) : hint === undefined ? null : (
        <Kbd>{hint}</Kbd>
      )}
    </span>
  );
}
