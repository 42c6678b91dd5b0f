import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import styles from './field.module.css';

type Props = { label: string; note?: ReactNode; wide?: boolean; 'data-focus'?: string } & Omit<
  ComponentProps<'input'>,
  'className' | 'id'
>;

/** A labelled field of a decision, with what it is for below it. */
export function Field({ label, note, wide = false, ...input }: Props) {
  const id = useId();
  return (
    <div className={styles.field} data-wide={wide || undefined}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        className={styles.input}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note === undefined ? null : (
        <span id={`${id}-note`} className={styles.note}>
          {note}
        </span>
      )}
    </div>
  );
}
