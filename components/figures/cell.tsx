import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatTime, MISSING } from '@/lib/format';
import styles from './cell.module.css';

/** The strip of figures. */
export function Strip({ children }: { children: ReactNode }) {
  return <div className={styles.strip}>{children}</div>;
}

type CellProps = { id: string; title: string; aside?: ReactNode; wide?: boolean; children: ReactNode };

/** One figure of the strip, with its title and what stands beside that. */
export function Cell({ id, title, aside, wide = false, children }: CellProps) {
  return (
    <section className={styles.cell} aria-labelledby={id} data-wide={wide || undefined}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {aside == null ? null : <span className={styles.aside}>{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** A number of the strip; `unit` follows it, quieter. */
export function BigFigure({ value, unit, children }: { value: string; unit?: string; children?: ReactNode }) {
  return (
    <p className={styles.figure}>
      {value}
      {unit === undefined ? null : <span className={styles.unit}>{unit}</span>}
      {children}
    </p>
  );
}

/** A value that is not known: a dash and why. */
export function MissingFigure({ reason }: { reason: string }) {
  return (
    <>
      <BigFigure value={MISSING} />
      <p className={styles.reason}>{reason}</p>
    </>
  );
}

/** The last line of a cell: an amount, and what is said of it. */
export function CellFoot({ children }: { children: ReactNode }) {
  return <p className={styles.foot}>{children}</p>;
}

/** So many letters have room in every cell. */
const MOST_LETTERS = 20;

type AmountProps = {
  full: string;
  short?: string;
  title?: string;
  /** Long enough that it gives way early. */
  tight?: boolean;
};

/** An amount, and the same in fewer letters for narrow cells. */
export function Amount({ full, short, title, tight = false }: AmountProps) {
  if (short === undefined || short === full || (!tight && full.length <= MOST_LETTERS)) {
    return (
      <span className={styles.amount} title={title}>
        {full}
      </span>
    );
  }
  return (
    <span className={styles.amount} title={title ?? full} data-tight={tight || undefined}>
      <span className={styles.full}>{full}</span>
      <span className={styles.short}>{short}</span>
    </span>
  );
}

/** "02:41", where the value is old. */
export function OldTime({ reading, now }: { reading: ReadingState; now: number }) {
  if (!isOld(reading)) return null;
  const time = formatTime(reading.as_of, now);
  return (
    <span className={styles.old} title={`As of ${time}`}>
      <Icon name="clock" size={14} />
      <span className="visually-hidden">as of </span>
      {time.replace(' UTC', '')}
    </span>
  );
}

/** Old, and known to be: it was tried to read it anew. */
export const isOld = ({ as_of: asOf, error }: ReadingState): boolean => asOf !== null && error !== null;

/** Beside the figure, the word for what the bar says in colour. */
export function LevelWord({ level }: { level: 'normal' | 'warm' | 'hot' }) {
  return level === 'normal' ? null : (
    <span className={styles.level} data-level={level}>
      {level}
    </span>
  );
}
