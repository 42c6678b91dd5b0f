import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatPercent } from '@/lib/format';
import { Icon } from '../ui/icon';
import styles from './hosts.module.css';

/** A load as a bar and in figures; amber and red, with their marks, only past the limits. */
export function LoadBar({ value, limits }: { value: number; limits: LoadLimits }) {
  const level = levelOf(value, limits);
  return (
    <span className={styles.load} data-level={level}>
      <svg className={styles.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.track} width="100" height="6" />
        <rect className={styles.fill} width={Math.min(100, Math.max(0, value))} height="6" />
      </svg>
      <span className={styles.value}>
        {level === 'normal' ? null : (
          <>
            <Icon name={level === 'hot' ? 'hot' : 'warn'} size={12} />
            <span className="visually-hidden">{level} </span>
          </>
        )}
        {formatPercent(value)}
      </span>
    </span>
  );
}
