import { type ReactNode, useId } from 'react';
import { Icon } from '../ui/icon';
import styles from './parts.module.css';

export const FormPage = ({ children }: { children: ReactNode }) => <div className={styles.page}>{children}</div>;

export const FormPanel = ({ children }: { children: ReactNode }) => <div className={styles.panel}>{children}</div>;

/** A question of the form. */
export function Question({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.question} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {number}. {title}
      </h2>
      {children}
    </section>
  );
}

export const Grid = ({ children }: { children: ReactNode }) => <div className={styles.grid}>{children}</div>;

export const Problem = ({ children }: { children: ReactNode }) => <p className={styles.problem}>{children}</p>;

/** Has its place whether it is filled or not. */
export const Reserved = ({ children }: { children?: ReactNode }) => (
  <div className={styles.runs} aria-live="polite">
    {children}
  </div>
);

/** Ticks that belong together. */
export const Ticks = ({ legend, children }: { legend: string; children: ReactNode }) => (
  <fieldset className={styles.ticks}>
    <legend>{legend}</legend>
    {children}
  </fieldset>
);

type MoreProps = { summary: string; open: boolean; children: ReactNode };

/** Folded until somebody wants it. */
export const More = ({ summary, open, children }: MoreProps) => (
  <details className={styles.more} open={open}>
    <summary>{summary}</summary>
    {children}
  </details>
);

type Card = { value: string; title: string; about: string; name: string; warning: string | null };
type CardsProps = { label: string; group: string; value: string; cards: Card[]; onChange: (value: string) => void };

/** A choice of one, each with what it means. The browser moves between them with the arrow keys. */
export function Cards({ label, group, value, cards, onChange }: CardsProps) {
  return (
    <fieldset className={styles.cards}>
      <legend className="visually-hidden">{label}</legend>
      {cards.map((card) => (
        <label key={card.value} className={styles.card}>
          <input
            type="radio"
            name={group}
            value={card.value}
            checked={card.value === value}
            onChange={() => onChange(card.value)}
          />
          <span className={styles.cardWords}>
            <strong>{card.title}</strong>
            <span>{card.about}</span>
            <code>{card.name}</code>
            {card.warning === null ? null : (
              <span className={styles.warning}>
                <Icon name="warn" size={14} tone="warn" />
                <span>{card.warning}</span>
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
