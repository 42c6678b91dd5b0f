import type { Overview } from '@/lib/contract/v1/overview';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatCount, formatPercent, formatRatio } from '@/lib/format';
import { Amount, BigFigure, CellFoot, CellReason, MissingFigure, OldTime } from './cell';
import { isOld } from './freshness';
import { Gauge } from './gauge';

type Props = {
  label: string;
  virtual: Overview['vcpu'];
  amounts: { full: string; short?: string };
  reading: ReadingState;
  now: number;
};

/**
 * A virtual resource: how far it is overcommitted. The scale ends at the limit, where Placement stops; the strong line is
 * the physical capacity. Red only beyond the limit, because an allocation is no load.
 */
export function VirtualCell({ label, virtual, amounts, reading, now }: Props) {
  const { total, overcommit_ratio: ratio, overcommit_max: limit, allocated_percentage: allocated } = virtual;
  if (ratio === null || limit === null || total === 0) {
    return <MissingFigure reason={virtual.reason ?? (total === 0 ? 'The region has no hosts.' : 'Unknown.')} />;
  }
  return (
    <>
      <BigFigure value={formatCount(ratio, 2)} unit={`× of ${formatRatio(limit, 1)}`} />
      <Gauge
        label={label}
        value={ratio}
        max={limit}
        level={ratio > limit ? 'hot' : 'normal'}
        mark={limit > 1 ? 1 : undefined}
        text={`${formatPercent(allocated)} of the overcommit limit`}
      />
      <CellFoot>
        <Amount {...amounts} />
        {isOld(reading) ? <OldTime reading={reading} now={now} /> : <span>{formatPercent(allocated, 0)}</span>}
      </CellFoot>
      {virtual.reason ? <CellReason>{virtual.reason}</CellReason> : null}
    </>
  );
}
