'use client';

import { Link } from './link';
import styles from './segmented.module.css';

export type Segment<Value extends string> = {
  value: Value;
  label: string;
  /** Beside the label, quieter. */
  count?: string;
  /** Why it can't be chosen. */
  disabled?: string;
};

type Props<Value extends string> = {
  /** The name of the choice for screen readers. */
  label: string;
  value: Value;
  options: readonly Segment<Value>[];
  onChange: (value: Value) => void;
};

/** A choice between a few values, all visible. */
export function Segmented<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers don't lay out a fieldset in a row
    <div role="group" aria-label={label} className={styles.group}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.option}
          aria-pressed={option.value === value}
          aria-disabled={option.disabled !== undefined || undefined}
          title={option.disabled}
          onClick={() => {
            if (option.disabled === undefined) onChange(option.value);
          }}
        >
          {option.label}
          {option.count === undefined ? null : <span className={styles.count}>{option.count}</span>}
        </button>
      ))}
    </div>
  );
}

type LinksProps<Value extends string> = Pick<Props<Value>, 'label' | 'value'> & {
  options: readonly { value: Value; label: string; href: string }[];
};

/** The same where each value has an address of its own, so that it works before the page does. */
export function SegmentedLinks<Value extends string>({ label, value, options }: LinksProps<Value>) {
  return (
    <nav aria-label={label} className={styles.group} data-hide="print">
      {options.map((option) => (
        <Link
          key={option.value}
          className={styles.option}
          href={option.href}
          prefetch={false}
          scroll={false}
          aria-current={option.value === value ? 'true' : undefined}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
