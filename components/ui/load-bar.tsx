import { formatPercent } from '@/lib/format';
import { Icon } from './icon';
import styles from './load-bar.module.css';

type Props = {
  /** Percent; anything over 100 fills the bar. */
  value: number;
  level: 'normal' | 'warm' | 'hot' | 'unknown';
  digits?: 0 | 1;
};

/** A load as a bar and a number. Above a limit both change colour, and a mark and a word appear. */
export function LoadBar({ value, level, digits = 1 }: Props) {
  const isPast = level === 'warm' || level === 'hot';
  return (
    <span className={styles.load} data-level={level}>
      <svg className={styles.bar} aria-hidden="true">
        <rect className={styles.track} width="100%" height="6" rx="3" />
        <rect className={styles.fill} width={`${Math.min(Math.max(value, 0), 100).toFixed(1)}%`} height="6" rx="3" />
      </svg>
      <span className={styles.value} data-digits={digits}>
        {isPast ? (
          <>
            <Icon name={level === 'hot' ? 'hot' : 'warn'} size={12} />
            <span className="visually-hidden">{level} </span>
          </>
        ) : null}
        {formatPercent(value, digits)}
      </span>
    </span>
  );
}
