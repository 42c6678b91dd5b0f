import { VirtualCell } from '@/components/figures/virtual-cell';
import { formatCompact, formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const SPACE = '\u202f';

function View({ data: { vcpu, readings }, now }: ViewProps<Payloads['virtual']>) {
  return (
    <VirtualCell
      label="Virtual CPU allocated"
      virtual={vcpu}
      amounts={{
        full: `${formatCount(vcpu.allocated)} of ${formatCount(vcpu.total)}${SPACE}vCPU`,
        short: `${formatCompact(vcpu.allocated)} of ${formatCompact(vcpu.total)}`,
      }}
      reading={readings.allocations}
      now={now}
    />
  );
}

export const virtualCpu = widget({
  name: 'virtual-cpu',
  title: 'Virtual CPU',
  needs: 'virtual',
  aside: ({ vcpu }) => (vcpu.free === null || vcpu.total === 0 ? null : `${formatCount(vcpu.free)} free`),
  View,
});
