import { Amount, BigFigure, CellFoot, MissingFigure, OldTime, UNCOUNTED } from '@/components/figures/cell';
import { isOld } from '@/components/figures/freshness';
import { Split } from '@/components/figures/gauge';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const MOST_LETTERS = 20;

function View({ data: { vm, readings }, now }: ViewProps<Payloads['virtual']>) {
  const { count, active, stopped, by_status: byStatus } = vm;
  if (count === null || active === null || stopped === null || byStatus === null)
    return <MissingFigure reason={UNCOUNTED} />;
  const others = Object.entries(byStatus).filter(([status]) => status !== 'ACTIVE' && status !== 'SHUTOFF');
  const other = others.reduce((sum, [, vms]) => sum + vms, 0);
  const words = [
    `${formatCount(active)} active`,
    `${formatCount(stopped)} stopped`,
    ...others.map(([status, vms]) => `${formatCount(vms)} ${status}`),
  ].join(', ');
  const short = other > 0 ? `${formatCount(stopped + other)} not active` : undefined;
  const long = `${formatCount(stopped)} stopped${other > 0 ? `, ${formatCount(other)} other` : ''}`;
  // In a large region the long form fits into no cell.
  const rest = short !== undefined && long.length > MOST_LETTERS ? short : long;
  return (
    <>
      <BigFigure value={formatCount(count)} />
      <Split
        label={words}
        parts={[
          { label: 'active', count: active },
          { label: 'stopped', count: stopped, hollow: true },
          { label: 'other', count: other, hollow: true },
        ]}
      />
      <CellFoot>
        <Amount full={`${formatCount(active)} active`} />
        {isOld(readings.inventory) ? (
          <OldTime reading={readings.inventory} now={now} />
        ) : (
          <Amount full={rest} short={short} title={words} />
        )}
      </CellFoot>
    </>
  );
}

/** VMs per host; the tooltip has their mean size, which is allocated, not used. */
function Density({ vm, region }: Pick<Payloads['virtual'], 'vm' | 'region'>) {
  if (region.hosts_total === 0 || vm.placed === null) return null;
  const size =
    vm.placed === 0 || vm.avg_cpu === null || vm.avg_ram === null
      ? undefined
      : `Mean size ${formatCores(vm.avg_cpu)} vCPU, ${formatBytes(vm.avg_ram)}; ${formatThings(vm.placed, 'VM')} on ${formatThings(region.hosts_total, 'host')}`;
  return <span title={size}>{formatCount(vm.density, 1)} per host</span>;
}

export const vms = widget({
  name: 'vms',
  title: 'VMs',
  needs: 'virtual',
  wide: true,
  aside: (data) => <Density vm={data.vm} region={data.region} />,
  View,
});
