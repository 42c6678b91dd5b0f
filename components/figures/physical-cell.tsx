import type { Overview } from '@/lib/contract/v1/overview';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatCount, formatPercent, formatThings } from '@/lib/format';
import { Amount, BigFigure, CellFoot, isOld, LevelWord, MissingFigure, OldTime } from './cell';
import { Gauge, type Level } from './gauge';

type Props = {
  label: string;
  physical: Overview['pcpu'];
  amounts: { full: string; short?: string };
  warm: number;
  hot: number;
  hostsTotal: number;
  reading: ReadingState;
  now: number;
};

export const levelOf = (value: number, warm: number, hot: number): Level =>
  value >= hot ? 'hot' : value >= warm ? 'warm' : 'normal';

/** A physical resource: how much of it is in use, on a scale with the limits. */
export function PhysicalCell({ label, physical, amounts, warm, hot, hostsTotal, reading, now }: Props) {
  const { used_percentage: used, total, hosts_measured: measured } = physical;
  if (used === null || total === 0) {
    return (
      <>
        <MissingFigure reason={total === 0 ? 'The region has no hosts.' : (physical.reason ?? 'Not known.')} />
        {total === 0 || total === null ? null : <Amount {...amounts} />}
      </>
    );
  }
  const level = levelOf(used, warm, hot);
  const missing = hostsTotal - measured;
  return (
    <>
      <BigFigure value={formatCount(used, 1)} unit="% used">
        <LevelWord level={level} />
      </BigFigure>
      <Gauge
        label={label}
        value={used}
        max={100}
        level={level}
        ticks={[warm, hot]}
        text={`${formatPercent(used)} used; warm from ${formatPercent(warm, 0)}, hot from ${formatPercent(hot, 0)}`}
      />
      <CellFoot>
        <Amount {...amounts} />
        {isOld(reading) ? (
          <OldTime reading={reading} now={now} />
        ) : missing > 0 ? (
          <span title={`${formatThings(missing, 'host')} not measured`}>
            {formatCount(missing)}
            <span className="visually-hidden">{missing === 1 ? ' host' : ' hosts'}</span> out
          </span>
        ) : null}
      </CellFoot>
    </>
  );
}
