import { Freshness } from '@/components/ui/freshness';
import { Resource } from '@/components/ui/resource';
import { formatCount, formatPercent, formatRatio } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const amount = (value: number | null) => `${formatCount(value)} vCPU`;

/** The meter runs to the overcommit limit: that is where Placement stops. */
function View({ data: { vcpu, readings }, now }: ViewProps<Payloads['virtual']>) {
  const limit = vcpu.overcommit_max;
  return (
    <>
      <Resource
        label="Virtual CPU allocated"
        figure={`${formatRatio(vcpu.overcommit_ratio)} of ${formatRatio(limit, 1)}`}
        value={vcpu.overcommit_ratio}
        max={limit ?? 0}
        lines={[
          `${amount(vcpu.allocated)} of ${amount(vcpu.total)} allocated, ${formatPercent(vcpu.allocated_percentage)}`,
          `${amount(vcpu.schedulable_free)} free on hosts that take VMs`,
        ]}
        reason={vcpu.reason}
      />
      <Freshness reading={readings.allocations} now={now} />
    </>
  );
}

export const virtualCpu = widget({ name: 'virtual-cpu', title: 'Virtual CPU', needs: 'virtual', View });
