import type { ReactNode } from 'react';
import { Icon } from './icon';
import type { Level } from './panel';
import styles from './tiles.module.css';

type TilesProps = {
  label: string;
  /** How many are side by side; fewer on narrow screens. */
  columns: 5 | 6;
  children: ReactNode;
};

/** Figures side by side, with hairlines between them. */
export function Tiles({ label, columns, children }: TilesProps) {
  return (
    <section className={styles.tiles} aria-label={label} data-columns={columns}>
      {children}
    </section>
  );
}

type TileProps = { title: ReactNode; level?: Level; children: ReactNode };

export function Tile({ title, level = 2, children }: TileProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={styles.tile}>
      <Heading className={styles.title}>{title}</Heading>
      {children}
    </div>
  );
}

type FigureProps = {
  /** The value before; null if the plan does not change it. */
  from: string | null;
  to: ReactNode;
  /** Whether `to` is a value after the plan. */
  changes: boolean;
  unit?: string;
};

/** "89 → 64 %" in large type. */
export function TileFigure({ from, to, changes, unit = '' }: FigureProps) {
  return (
    <p className={styles.figure}>
      {from === null ? null : (
        <>
          <span className={styles.from}>{from}</span>
          <span className={styles.arrow}>
            <Icon name="arrow" size={14} />
          </span>
          <span className="visually-hidden"> to </span>
        </>
      )}
      <span className={styles.to} data-changes={changes || undefined}>
        {to}
      </span>
      {unit === '' ? null : <span className={styles.unit}> {unit}</span>}
    </p>
  );
}

type NoteProps = {
  /** In full, if it may be cut. */
  title?: string;
  mono?: boolean;
  children: ReactNode;
};

export function TileNote({ title, mono, children }: NoteProps) {
  return (
    <p className={styles.note} title={title} data-mono={mono || undefined}>
      {children}
    </p>
  );
}
