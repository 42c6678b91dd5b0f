import type { Overview } from '@/lib/contract/v1/overview';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings } from '@/lib/format';
import { Amount, BigFigure, CellFoot, CellNote, LevelWord, MissingFigure, OldTime } from './cell';
import { isOld } from './freshness';
import { Gauge } from './gauge';

type Props = {
  label: string;
  physical: Overview['pcpu'];
  amounts: { full: string; short?: string };
  limits: LoadLimits;
  hostsTotal: number;
  reading: ReadingState;
  now: number;
};

/** A physical resource: how much of it is in use, on a scale with the limits. */
export function PhysicalCell({ label, physical, amounts, limits, hostsTotal, reading, now }: Props) {
  const { used_percentage: used, total, hosts_measured: measured } = physical;
  if (used === null || total === 0) {
    return (
      <>
        <MissingFigure reason={total === 0 ? 'The region has no hosts.' : (physical.reason ?? 'Unknown.')} />
        {total === 0 || total === null ? null : <Amount {...amounts} />}
      </>
    );
  }
  const level = levelOf(used, limits);
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
        ticks={[limits.warm, limits.hot]}
        text={`${formatPercent(used)} used; warm from ${formatPercent(limits.warm, 0)}, hot from ${formatPercent(limits.hot, 0)}`}
      />
      <CellFoot>
        <Amount {...amounts} />
        {isOld(reading) ? (
          <OldTime reading={reading} now={now} />
        ) : missing > 0 ? (
          <CellNote title={`${formatThings(missing, 'host')} not measured`}>
            {formatCount(missing)}
            <span className="visually-hidden">{missing === 1 ? ' host' : ' hosts'}</span> not measured
          </CellNote>
        ) : null}
      </CellFoot>
    </>
  );
}
