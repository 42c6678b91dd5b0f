import { formatCount } from '@/lib/format';
import styles from './progress-bar.module.css';

/** How much is done, of a number of things. */
export function ProgressBar({ done, of }: { done: number; of: number }) {
  const part = of === 0 ? 0 : (100 * done) / of;
  return (
    <svg className={styles.bar} role="img" aria-label={`${formatCount(done)} of ${formatCount(of)} done`}>
      <rect className={styles.track} width="100%" height="6" rx="3" />
      <rect className={styles.fill} width={`${part.toFixed(1)}%`} height="6" rx="3" />
    </svg>
  );
}
