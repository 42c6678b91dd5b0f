import { PhysicalCell } from '@/components/figures/physical-cell';
import { formatBytes } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pram, region, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <PhysicalCell
      label="Physical RAM in use"
      physical={pram}
      amounts={{ full: `${formatBytes(pram.usage)} of ${formatBytes(pram.total)}` }}
      limits={limits.ram}
      hostsTotal={region.hosts_total}
      reading={readings.load}
      now={now}
    />
  );
}

export const physicalRam = widget({
  name: 'physical-ram',
  title: 'Physical RAM',
  needs: 'physical',
  aside: ({ pram }) => (pram.free === null || pram.total === 0 ? null : `${formatBytes(pram.free)} free`),
  View,
});
