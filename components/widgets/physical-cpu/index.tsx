import { PhysicalCell } from '@/components/figures/physical-cell';
import { formatCompact, formatCores, formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const SPACE = '\u202f';

function View({ data: { pcpu, region, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <PhysicalCell
      label="Physical CPU in use"
      physical={pcpu}
      amounts={{
        full: `${formatCores(pcpu.usage)} of ${formatCount(pcpu.total)}${SPACE}cores`,
        short: `${formatCompact(pcpu.usage)} of ${formatCompact(pcpu.total)}`,
      }}
      limits={limits.cpu}
      hostsTotal={region.hosts_total}
      reading={readings.load}
      now={now}
    />
  );
}

export const physicalCpu = widget({
  name: 'physical-cpu',
  title: 'Physical CPU',
  needs: 'physical',
  aside: ({ pcpu }) => (pcpu.free === null || pcpu.total === 0 ? null : `${formatCores(pcpu.free)} free`),
  View,
});
