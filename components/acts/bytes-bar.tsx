import { useId } from 'react';
import styles from './bytes-bar.module.css';

type Props = {
  /** What is copied; percent. */
  percent: number;
  /** The same in words. */
  text: string;
  /** `stalled` gains nothing, `done` has ended, `unknown` shows what was last heard. */
  look: 'running' | 'stalled' | 'done' | 'unknown';
  /** What is copied, for screen readers. */
  label: string;
};

/** How much of a VM is copied. It may go back: what the VM changes meanwhile is copied again. */
export function BytesBar({ percent, text, look, label }: Props) {
  const pattern = useId();
  const width = `${Math.min(100, Math.max(0, percent)).toFixed(1)}%`;
  return (
    <span className={styles.bytes}>
      <svg
        className={styles.bar}
        data-look={look}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={text}
      >
        {look === 'unknown' ? (
          <pattern id={pattern} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className={styles.hatch} width="3" height="6" />
          </pattern>
        ) : null}
        <rect className={styles.track} width="100%" height="6" rx="3" />
        {look === 'unknown' ? (
          <rect fill={`url(#${pattern})`} width={width} height="6" rx="3" />
        ) : (
          <rect className={styles.fill} width={width} height="6" rx="3" />
        )}
      </svg>
      <span className={styles.text} aria-hidden="true">
        {text}
      </span>
    </span>
  );
}
