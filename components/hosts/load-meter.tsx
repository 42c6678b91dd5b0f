import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatPercent } from '@/lib/format';
import styles from './host-figures.module.css';

type Props = { label: string; now: number | null; after: number | null | undefined; limits: LoadLimits };

const within = (value: number): number => Math.min(100, Math.max(0, value));

/** A load against its limits, with a mark where the plan would bring it. */
export function LoadMeter({ label, now, after, limits }: Props) {
  if (now === null) return <div className={styles.noMeter} />;
  const then = after == null ? '' : `, ${formatPercent(after)} after the plan`;
  return (
    <svg
      className={styles.meter}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label} ${formatPercent(now)}${then}; warm from ${formatPercent(limits.warm, 0)}, hot from ${formatPercent(limits.hot, 0)}`}
      data-level={levelOf(now, limits)}
    >
      <rect className={styles.track} y="2" width="100" height="6" />
      <rect className={styles.fill} y="2" width={within(now)} height="6" />
      {[limits.warm, limits.hot].map((limit) => (
        <line
          key={limit}
          className={styles.limit}
          x1={limit}
          x2={limit}
          y1="0"
          y2="10"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {after == null ? null : (
        <line
          className={styles.then}
          x1={within(after)}
          x2={within(after)}
          y1="0"
          y2="10"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
