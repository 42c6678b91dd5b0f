import { Caption, Figure } from '@/components/ui/figure';
import { Freshness } from '@/components/ui/freshness';
import { formatBytes, formatCores, formatCount, MISSING } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data, now }: ViewProps<Payloads['virtual']>) {
  const { vm, region, readings } = data;
  const others = Object.entries(vm.by_status)
    .filter(([status]) => status !== 'ACTIVE' && status !== 'SHUTOFF')
    .map(([status, count]) => `${formatCount(count)} ${status}`);
  return (
    <>
      <Figure value={formatCount(vm.count)} unit={vm.count === 1 ? 'VM' : 'VMs'} />
      <Caption>
        {[`${formatCount(vm.active)} active`, `${formatCount(vm.stopped)} stopped`, ...others].join(', ')}
      </Caption>
      <Caption>{describeSize(data)}</Caption>
      <Caption>
        {region.hosts_total === 0 ? `${MISSING} per host: no hosts` : `${formatCount(vm.density, 1)} per host`}
      </Caption>
      <Freshness reading={readings.inventory} now={now} />
    </>
  );
}

/** The size is what Placement has allocated, not what is in use. */
function describeSize({ vm, vcpu, vram }: Payloads['virtual']): string {
  if (vm.placed === 0) return `Mean size ${MISSING}: no VM has a host`;
  const size = `Mean size ${formatCores(vm.avg_cpu)} vCPU, ${formatBytes(vm.avg_ram)}`;
  const reason = (vm.avg_cpu === null && vcpu.reason) || (vm.avg_ram === null && vram.reason);
  return reason ? `${size}: ${reason}` : size;
}

export const vms = widget({ name: 'vms', title: 'VMs', needs: 'virtual', View });
