import type { ReadingState } from '@/lib/contract/v1/readings';
import { MISSING } from '@/lib/format';
import { Badge } from './badge';
import { Caption, Figure } from './figure';
import { describeFailure, Freshness } from './freshness';
import { Meter } from './meter';
import styles from './ui.module.css';

type Props = {
  /** What it is, for those who can't see the meter. */
  label: string;
  /** The big figure; a dash stands for it where there is no value. */
  figure: string;
  value: number | null;
  max: number;
  warm?: number;
  hot?: number;
  /** The whole that the value is a share of. */
  total: number | null;
  /** The amounts behind the figure. */
  lines: string[];
  /** Why something is not known. */
  reason: string | null;
  reading: ReadingState;
  now: number;
};

/** A resource: its figure, how full it is, and the amounts behind it. */
export function Resource({ label, figure, value, max, warm, hot, total, lines, reason, reading, now }: Props) {
  const missing = reading.state === 'missing';
  const why = missing && reading.error ? describeFailure(reading.error, now) : reason;
  if (total === 0 || value === null) {
    return (
      <>
        <Figure value={MISSING} />
        <Caption>{total === 0 ? 'The total is 0, so there is no share of it.' : (why ?? 'Not known.')}</Caption>
        {total === 0 ? null : lines.map((line) => <Caption key={line}>{line}</Caption>)}
        {missing ? null : <Freshness reading={reading} now={now} />}
      </>
    );
  }
  return (
    <>
      <div className={styles.figureRow}>
        <Figure value={figure} />
        <Level value={value} warm={warm} hot={hot} />
      </div>
      <Meter label={label} value={value} max={max} warm={warm} hot={hot} />
      {lines.map((line) => (
        <Caption key={line}>{line}</Caption>
      ))}
      {why ? <Caption>{why}</Caption> : null}
      {missing ? null : <Freshness reading={reading} now={now} />}
    </>
  );
}

/** The word for what the meter says in colour. */
function Level({ value, warm, hot }: { value: number; warm?: number; hot?: number }) {
  if (hot !== undefined && value >= hot) return <Badge tone="error">hot</Badge>;
  return warm !== undefined && value >= warm ? <Badge tone="warn">warm</Badge> : null;
}
