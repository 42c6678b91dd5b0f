import { Overcommit } from '@/components/ui/overcommit';
import { formatBytes } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { vram, readings }, now }: ViewProps<Payloads['virtual']>) {
  return (
    <Overcommit
      label="Virtual RAM allocated"
      virtual={vram}
      amount={formatBytes}
      reading={readings.allocations}
      now={now}
    />
  );
}

export const virtualRam = widget({ name: 'virtual-ram', title: 'Virtual RAM', needs: 'virtual', View });
