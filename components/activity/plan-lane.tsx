import type { Activity } from '@/lib/contract/v1/activity';
import { formatTime } from '@/lib/format';
import { rowsOf } from './events';
import { type Label, placeLabels } from './labels';
import { placeOf } from './lanes';
import styles from './plan-lane.module.css';

type Props = { activity: Activity; label: string; cursor: number | null };

const MOST_ROWS = 8;
/** Height of a row in px. */
const ROW = 17;
/** A bar that is narrower than this part of the time could not be seen. */
const LEAST = 0.4;

/** Plans below each other where they overlap: an outline while they wait, filled while they run. */
export function PlanLane({ activity, label, cursor }: Props) {
  const { plans, from, until } = activity;
  const spans = plans.map(({ created_at: made, ended_at: ended }) => ({
    from: Math.max(made, from),
    until: ended ?? until,
  }));
  const rows = rowsOf(spans, { most: MOST_ROWS, gap: ((until - from) * 2 * LEAST) / 100 });
  const labels = placeLabels(
    plans.map(({ audit_name: name, began_at: began }, i) => ({
      name,
      start: placeOf(spans[i]?.from ?? from, activity),
      end: placeOf(spans[i]?.until ?? until, activity),
      fillsFrom: began === null ? 100 : placeOf(began, activity),
      row: rows[i] ?? 0,
    })),
  );
  const height = ROW * Math.max(2, ...rows.map((row) => row + 1));
  return (
    <svg className={styles.lane} width="100%" height={height} role="img" aria-label={label}>
      {plans.map((plan, i) => (
        <PlanBar key={plan.plan_id} plan={plan} span={activity} y={ROW * (rows[i] ?? 0)} label={labels[i] ?? null} />
      ))}
      {cursor === null ? null : <line className={styles.cursor} x1={`${cursor}%`} x2={`${cursor}%`} y1="0" y2="100%" />}
    </svg>
  );
}

type BarProps = { plan: Activity['plans'][number]; span: Activity; y: number; label: Label | null };

function PlanBar({ plan, span, y, label }: BarProps) {
  const { audit_name: audit, plan_state: state, created_at: made, began_at: began, ended_at: ended, failed } = plan;
  const end = placeOf(ended ?? span.until, span);
  const start = placeOf(made, span);
  const runs = began === null ? null : placeOf(began, span);
  const width = (from: number, to: number) => `${Math.max(LEAST, to - from)}%`;
  return (
    <g>
      <title>{`${audit}: made ${formatTime(made, span.until)}, ${state}`}</title>
      <rect className={styles.waits} x={`${start}%`} width={width(start, runs ?? end)} y={y + 1} height="14" rx="2" />
      {runs === null ? null : (
        <rect
          className={styles.runs}
          data-failed={failed || undefined}
          x={`${runs}%`}
          width={width(runs, end)}
          y={y + 3}
          height="10"
          rx="2"
        />
      )}
      {label === null ? null : (
        <text className={styles.name} data-side={label.side} x={`${label.at}%`} y={y + 12}>
          {audit}
        </text>
      )}
    </g>
  );
}
