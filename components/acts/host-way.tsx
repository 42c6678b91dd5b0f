import { formatPercent } from '@/lib/format';
import styles from './host-way.module.css';

type Limits = { warm: number; hot: number };

type Props = {
  start: number | null;
  now: number | null;
  promised: number | null;
  limits: Limits;
  /** What the present value is called: "now", "delivered". */
  called: string;
};

const at = (percent: number): string => `${Math.min(100, Math.max(0, percent)).toFixed(1)}%`;

/** A host on the way from its load at the start (ring) to what was promised (bar), and where it is (dot). */
export function HostWay({ start, now, promised, limits, called }: Props) {
  const parts = [
    ...(start === null ? [] : [`started at ${formatPercent(start, 0)}`]),
    `${called} ${now === null ? 'not measured' : formatPercent(now, 0)}`,
    ...(promised === null ? [] : [`promised ${formatPercent(promised, 0)}`]),
  ];
  const goal = promised ?? now;
  return (
    <svg className={styles.way} role="img" aria-label={parts.join(', ')}>
      <line className={styles.axis} x1="0" x2="100%" y1="8" y2="8" />
      <line className={styles.warm} x1={at(limits.warm)} x2={at(limits.warm)} y1="1" y2="15" />
      <line className={styles.hot} x1={at(limits.hot)} x2={at(limits.hot)} y1="1" y2="15" />
      {start === null || goal === null ? null : (
        <line className={styles.span} x1={at(start)} x2={at(goal)} y1="8" y2="8" />
      )}
      {start === null ? null : (
        <circle className={styles.start} data-hot={start >= limits.hot || undefined} cx={at(start)} cy="8" r="4.5" />
      )}
      {promised === null ? null : <line className={styles.goal} x1={at(promised)} x2={at(promised)} y1="2" y2="14" />}
      {now === null ? null : <circle className={styles.now} cx={at(now)} cy="8" r="4" />}
    </svg>
  );
}

/** What the marks mean. */
export function WayLegend({ called }: { called: string }) {
  return (
    <ul className={styles.legend}>
      <li>
        <svg className={styles.mark} aria-hidden="true">
          <circle className={styles.start} cx="6" cy="8" r="4.5" />
        </svg>
        at the start
      </li>
      <li>
        <svg className={styles.mark} aria-hidden="true">
          <circle className={styles.now} cx="6" cy="8" r="4" />
        </svg>
        {called}
      </li>
      <li>
        <svg className={styles.mark} aria-hidden="true">
          <line className={styles.goal} x1="6" x2="6" y1="2" y2="14" />
        </svg>
        promised
      </li>
    </ul>
  );
}
