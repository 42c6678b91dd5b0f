import { Freshness } from '@/components/ui/freshness';
import { Resource } from '@/components/ui/resource';
import { formatBytes, formatPercent, formatRatio } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const amount = formatBytes;

/** The meter runs to the overcommit limit: that is where Placement stops. */
function View({ data: { vram, readings }, now }: ViewProps<Payloads['virtual']>) {
  const limit = vram.overcommit_max;
  return (
    <>
      <Resource
        label="Virtual RAM allocated"
        figure={`${formatRatio(vram.overcommit_ratio)} of ${formatRatio(limit, 1)}`}
        value={vram.overcommit_ratio}
        max={limit ?? 0}
        lines={[
          `${amount(vram.allocated)} of ${amount(vram.total)} allocated, ${formatPercent(vram.allocated_percentage)}`,
          `${amount(vram.schedulable_free)} free on hosts that take VMs`,
        ]}
        reason={vram.reason}
      />
      <Freshness reading={readings.allocations} now={now} />
    </>
  );
}

export const virtualRam = widget({ name: 'virtual-ram', title: 'Virtual RAM', needs: 'virtual', View });
