import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatTime, MISSING } from '@/lib/format';
import styles from './cell.module.css';
import { isOld } from './freshness';

type CellProps = {
  id: string;
  title: string;
  /** Beside the title, quieter. */
  aside?: ReactNode;
  /** Takes the whole width of a phone. */
  wide?: boolean;
  children: ReactNode;
};

/** One figure of the strip. */
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

/** The number of a cell; `unit` follows it, quieter. */
export function BigFigure({ value, unit, children }: { value: string; unit?: string; children?: ReactNode }) {
  return (
    <p className={styles.figure}>
      {value}
      {unit === undefined ? null : <span className={styles.unit}>{unit}</span>}
      {children}
    </p>
  );
}

/** Why there are no numbers of VMs during the very first reading. */
export const UNCOUNTED = 'Counted once all VMs are read.';

/** An unknown number: a dash and the reason. */
export function MissingFigure({ reason }: { reason: string }) {
  return (
    <>
      <BigFigure value={MISSING} />
      <CellReason>{reason}</CellReason>
    </>
  );
}

export function CellReason({ children }: { children: ReactNode }) {
  return <p className={styles.reason}>{children}</p>;
}

/** The word for what the gauge says in colour. */
export function LevelWord({ level }: { level: 'normal' | 'warm' | 'hot' }) {
  return level === 'normal' ? null : (
    <span className={styles.level} data-level={level}>
      {level}
    </span>
  );
}

/** The last line of a cell: an amount, and a note about it. */
export function CellFoot({ children }: { children: ReactNode }) {
  return <p className={styles.foot}>{children}</p>;
}

type AmountProps = {
  full: string;
  /** The same in fewer letters, for narrow cells and beside a note. */
  short?: string;
  title?: string;
};

export function Amount({ full, short = full, title }: AmountProps) {
  return (
    <span className={styles.amount} title={title ?? (short === full ? undefined : full)}>
      <span className={styles.full}>{full}</span>
      {short === full ? null : <span className={styles.short}>{short}</span>}
    </span>
  );
}

/** A remark about the amount; the amount gives way to it. */
export function CellNote({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.note} title={title}>
      {children}
    </span>
  );
}

/** "02:41", where the value is old. */
export function OldTime({ reading, now }: { reading: ReadingState; now: number }) {
  if (!isOld(reading)) return null;
  const time = formatTime(reading.as_of, now);
  return (
    <span className={styles.note} data-old title={`As of ${time}`}>
      <Icon name="clock" size={14} />
      <span className="visually-hidden">as of </span>
      {time.replace(' UTC', '')}
    </span>
  );
}
