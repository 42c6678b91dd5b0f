import { VirtualCell } from '@/components/figures/virtual-cell';
import { formatBytes } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { vram, readings }, now }: ViewProps<Payloads['virtual']>) {
  return (
    <VirtualCell
      label="Virtual RAM allocated"
      virtual={vram}
      amounts={{ full: `${formatBytes(vram.allocated)} of ${formatBytes(vram.total)}` }}
      reading={readings.allocations}
      now={now}
    />
  );
}

export const virtualRam = widget({
  name: 'virtual-ram',
  title: 'Virtual RAM',
  needs: 'virtual',
  aside: ({ vram }) => (vram.free === null || vram.total === 0 ? null : `${formatBytes(vram.free)} free`),
  View,
});
