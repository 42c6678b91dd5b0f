import { Caption, Figure } from '@/components/ui/figure';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { vm } }: ViewProps<Payloads['virtual']>) {
  const others = Object.entries(vm.by_status)
    .filter(([status]) => status !== 'ACTIVE' && status !== 'SHUTOFF')
    .map(([status, count]) => `${formatCount(count)} ${status}`);
  return (
    <>
      <Figure value={formatCount(vm.count)} unit={vm.count === 1 ? 'VM' : 'VMs'} />
      <Caption>
        {[`${formatCount(vm.active)} active`, `${formatCount(vm.stopped)} stopped`, ...others].join(', ')}
      </Caption>
      <Caption>
        Mean size {formatCores(vm.avg_cpu)} vCPU, {formatBytes(vm.avg_ram)} · {formatThings(vm.density, 'VM')} per host
      </Caption>
    </>
  );
}

export const vms = widget({ name: 'vms', title: 'VMs', needs: 'virtual', View });
