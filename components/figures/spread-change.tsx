import { formatCount, formatPoints } from '@/lib/format';
import { After, Quiet } from '../ui/values';
import styles from './spread-change.module.css';

/** The axis ends at the next multiple of this, in points. */
const STEP = 5;
const WIDTH = 112;
const EDGE = 6;

/** The end of the axis that all rows of a list share, in points. */
export const endOfAxis = (spreads: number[]): number =>
  Math.max(STEP, Math.ceil(Math.max(0, ...spreads) / STEP) * STEP);

type Props = {
  /** Points. */
  now: number;
  after: number;
  /** Of the axis, in points. */
  end: number;
};

/** The spread now and after a plan: as two marks on an axis, and as numbers. */
export function SpreadChange({ now, after, end }: Props) {
  const x = (points: number) => Number((EDGE + ((WIDTH - 2 * EDGE) * Math.min(points, end)) / end).toFixed(1));
  const [from, to] = [formatCount(now, 1), formatCount(after, 1)];
  return (
    <span className={styles.change}>
      <svg className={styles.marks} width={WIDTH} height="14" aria-hidden="true">
        <line className={styles.axis} x1={EDGE} x2={WIDTH - EDGE} y1="7" y2="7" />
        <line className={styles.between} x1={x(now)} x2={x(after)} y1="7" y2="7" />
        <circle className={styles.now} cx={x(now)} cy="7" r="4" />
        <circle className={styles.after} cx={x(after)} cy="7" r="4.5" />
      </svg>
      <span>
        <span className="visually-hidden">Spread </span>
        {from === to ? (
          formatPoints(now)
        ) : (
          <>
            <Quiet>{from} → </Quiet>
            <After>{formatPoints(after)}</After>
          </>
        )}
      </span>
    </span>
  );
}
