import { Icon } from '../ui/icon';
import type { Said } from './plan-words';
import styles from './said.module.css';

/** A judgement as a shape, a word and a quieter second line. */
export function SaidLines({ said: { icon, tone, text, more, reason } }: { said: Said }) {
  return (
    <span className={styles.said} title={reason ?? undefined}>
      <Icon name={icon} tone={tone} />
      <span className={styles.text} data-tone={tone === 'warn' || tone === 'error' ? tone : undefined}>
        {text}
      </span>
      {more === null ? null : <SecondLine>{more}</SecondLine>}
      {reason == null ? null : <span className="visually-hidden">{reason}</span>}
    </span>
  );
}

/** A quieter line below the first one of a cell. */
export function SecondLine({ children }: { children: string }) {
  return <span className={styles.more}>{children}</span>;
}
