import styles from './ui.module.css';

type Props = { label: string; value: number; max: number; warm?: number; hot?: number };

/** How full something is; amber and red only past the limits. What is past the end fills the meter. */
export function Meter({ label, value, max, warm, hot }: Props) {
  if (max <= 0) return null;
  return (
    <meter
      className={styles.meter}
      aria-label={label}
      min={0}
      max={max}
      low={warm ?? max}
      high={hot ?? max}
      optimum={0}
      value={Math.min(Math.max(value, 0), max)}
    />
  );
}
