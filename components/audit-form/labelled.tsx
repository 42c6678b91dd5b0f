import { type ReactNode, useId } from 'react';
import { Icon } from '../ui/icon';
import styles from './labelled.module.css';

type Ids = { id: string; 'aria-describedby': string; 'aria-invalid': true | undefined; className: string };

type Props = {
  label: string;
  note?: string | null;
  problem?: string | undefined;
  warning?: string | undefined;
  wide?: boolean;
  /** The control, with what connects it to its label and note. */
  children: (ids: Ids) => ReactNode;
};

/** A control with its label above and one remark below: what is wrong, what is dangerous, or its unit. */
export function Labelled({ label, note, problem, warning, wide = false, children }: Props) {
  const id = useId();
  const tone = problem === undefined ? (warning === undefined ? undefined : 'warn') : 'error';
  return (
    <div className={styles.field} data-wide={wide || undefined}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': `${id}-note`,
        'aria-invalid': problem === undefined ? undefined : true,
        className: styles.control ?? '',
      })}
      <span id={`${id}-note`} className={styles.note} data-tone={tone}>
        {tone === undefined ? null : <Icon name={tone} size={14} />}
        <span>{problem ?? warning ?? note}</span>
      </span>
    </div>
  );
}

type TickProps = { label: string; note?: string | null; checked: boolean; onChange: (checked: boolean) => void };

export function Tick({ label, note, checked, onChange }: TickProps) {
  const id = useId();
  return (
    <div className={styles.tick}>
      <input
        type="checkbox"
        id={id}
        checked={checked}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {note ? (
        <span id={`${id}-note`} className={styles.note}>
          {note}
        </span>
      ) : null}
    </div>
  );
}
