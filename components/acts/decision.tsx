import type { ReactNode } from 'react';
import { Icon } from '../ui/icon';
import { Notice } from '../ui/notice';
import styles from './decision.module.css';

/** The parts of a dialog that decides something. */

export function Part({ heading, aside, children }: { heading?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part}>
      {heading === undefined ? null : (
        <p>
          <span className={styles.heading}>{heading}</span> {aside}
        </p>
      )}
      {children}
    </section>
  );
}

export const Lines = ({ children }: { children: ReactNode }) => <ul className={styles.list}>{children}</ul>;

type LineProps = { mark?: 'ok' | 'warn' | 'error'; strong?: boolean; children: ReactNode };

export function Line({ mark, strong = false, children }: LineProps) {
  return (
    <li className={styles.line} data-bullet={mark === undefined || undefined}>
      {mark === undefined ? null : <Icon name={mark} size={14} tone={mark} />}
      <span data-strong={strong || undefined}>{children}</span>
    </li>
  );
}

type ChoiceProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode };

/** Something that a person takes upon themselves. */
export function Choice({ checked, onChange, children }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {children}
    </label>
  );
}

export const Fields = ({ children }: { children: ReactNode }) => <div className={styles.fields}>{children}</div>;

type FootProps = {
  /** What went wrong; `lead` matters most. */
  problem: { lead?: string; message: string } | null;
  left?: string;
  children: ReactNode;
};

/** The buttons, after what went wrong and what is left to do. */
export function Foot({ problem, left, children }: FootProps) {
  return (
    <>
      {problem === null ? null : (
        <Notice tone="error" role="alert">
          {problem.lead ? <b>{problem.lead} </b> : null}
          {problem.message}
        </Notice>
      )}
      <div className={styles.foot}>
        {left === undefined ? null : (
          <span className={styles.left} aria-live="polite">
            {left}
          </span>
        )}
        {children}
      </div>
    </>
  );
}
