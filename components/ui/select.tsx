'use client';

import type { ComponentProps } from 'react';
import styles from './select.module.css';

export type SelectOption<Value extends string = string> = { value: Value; label: string };

type Props<Value extends string> = {
  /** The name for screen readers; the options explain themselves. */
  label: string;
  options: readonly SelectOption<Value>[];
  /** Not needed in a form that the browser submits. */
  value?: Value;
  onChange?: (value: Value) => void;
} & Pick<ComponentProps<'select'>, 'name' | 'defaultValue' | 'autoFocus' | 'onBlur'>;

/** The browser's own select, which works with every keyboard and phone. */
export function Select<Value extends string>({ label, options, onChange, ...rest }: Props<Value>) {
  return (
    <select
      {...rest}
      className={styles.select}
      aria-label={label}
      // One of the options, since the select offers nothing else.
      onChange={onChange && ((event) => onChange(event.target.value as Value))}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
