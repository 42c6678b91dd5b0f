import styles from './gauge.module.css';

export type Level = 'normal' | 'warm' | 'hot';

type Props = {
  /** What it measures, for people who can't see it. */
  label: string;
  value: number;
  max: number;
  /** The value in words. */
  text: string;
  level?: Level;
  /** Fine lines at limits. */
  ticks?: number[];
  /** A strong line. */
  mark?: number;
  /** The value after the plan. */
  after?: number;
};

/** 6 px, in the middle of 12. */
const BAR = { y: 3, height: 6, rx: 3 } as const;

/** How full something is: grey up to the first limit. A value beyond the end fills it. */
export function Gauge({ label, value, max, text, level = 'normal', ticks = [], mark, after }: Props) {
  const at = (amount: number) => `${(Math.min(Math.max(max > 0 ? amount / max : 0, 0), 1) * 100).toFixed(2)}%`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> shows no ticks
    <svg
      className={styles.gauge}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(Math.max(value, 0), max)}
      aria-valuetext={text}
      data-level={level}
    >
      <rect className={styles.track} {...BAR} width="100%" />
      <rect className={styles.fill} {...BAR} width={at(value)} />
      {ticks.map((tick) => (
        <line key={tick} className={styles.tick} x1={at(tick)} x2={at(tick)} y1="1" y2="11" />
      ))}
      {mark === undefined ? null : (
        <>
          <line className={styles.halo} x1={at(mark)} x2={at(mark)} y1="0" y2="12" />
          <line className={styles.mark} x1={at(mark)} x2={at(mark)} y1="0" y2="12" />
        </>
      )}
      {after === undefined ? null : <line className={styles.after} x1={at(after)} x2={at(after)} y1="0" y2="12" />}
    </svg>
  );
}

export type Part = { label: string; count: number; hollow?: boolean };

/** Parts of a whole, side by side. */
export function Split({ parts, label }: { parts: Part[]; label: string }) {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  return (
    <svg className={styles.gauge} role="img" aria-label={label}>
      {total === 0 ? <rect className={styles.track} {...BAR} width="100%" /> : null}
      {parts.map(({ label: name, count, hollow }) => {
        if (count === 0) return null;
        const x = (100 * before) / total;
        before += count;
        // A sliver stays visible, and so does the gap between two parts.
        const width = Math.max((100 * count) / total - 0.8, 0.8);
        return (
          <rect
            key={name}
            className={hollow ? styles.hollow : styles.fill}
            {...BAR}
            x={`${Math.min(x, 99.2).toFixed(2)}%`}
            width={`${width.toFixed(2)}%`}
          />
        );
      })}
    </svg>
  );
}
