import { Amount, BigFigure, CellFoot, OldTime } from '@/components/figures/cell';
import { isOld } from '@/components/figures/freshness';
import { Split } from '@/components/figures/gauge';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const MOST_LETTERS = 20;

function View({ data: { vm, readings }, now }: ViewProps<Payloads['virtual']>) {
  const others = Object.entries(vm.by_status).filter(([status]) => status !== 'ACTIVE' && status !== 'SHUTOFF');
  const other = others.reduce((sum, [, count]) => sum + count, 0);
  const words = [
    `${formatCount(vm.active)} active`,
    `${formatCount(vm.stopped)} stopped`,
    ...others.map(([status, count]) => `${formatCount(count)} ${status}`),
  ].join(', ');
  const short = other > 0 ? `${formatCount(vm.stopped + other)} not active` : undefined;
  const long = `${formatCount(vm.stopped)} stopped${other > 0 ? `, ${formatCount(other)} other` : ''}`;
  // In a large region the long form fits into no cell.
  const rest = short !== undefined && long.length > MOST_LETTERS ? short : long;
  return (
    <>
      <BigFigure value={formatCount(vm.count)} />
      <Split
        label={words}
        parts={[
          { label: 'active', count: vm.active },
          { label: 'stopped', count: vm.stopped, hollow: true },
          { label: 'other', count: other, hollow: true },
        ]}
      />
      <CellFoot>
        <Amount full={`${formatCount(vm.active)} active`} />
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
  if (region.hosts_total === 0) return null;
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
