import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatPercent } from '@/lib/format';
import styles from './load-bar.module.css';

type Props = { value: number; limits: LoadLimits; digits?: 0 | 1 };

/** A load as a bar and a figure; colour, weight and a word for those who can't see it once it is past a limit. */
export function LoadBar({ value, limits, digits = 0 }: Props) {
  const level = levelOf(value, limits);
  return (
    <span className={styles.load} data-level={level}>
      <svg className={styles.bar} aria-hidden="true">
        <rect className={styles.track} width="100%" height="6" rx="3" />
        <rect className={styles.fill} width={`${Math.min(Math.max(value, 0), 100).toFixed(1)}%`} height="6" rx="3" />
      </svg>
      <span className={styles.value} data-digits={digits}>
        {formatPercent(value, digits)}
        {level === 'normal' ? null : <span className="visually-hidden"> {level}</span>}
      </span>
    </span>
  );
}
