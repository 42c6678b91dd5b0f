import { Freshness } from '@/components/ui/freshness';
import { Resource } from '@/components/ui/resource';
import { formatCores, formatCount, formatPercent } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pcpu, region, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <>
      <Resource
        label="Physical CPU in use"
        figure={formatPercent(pcpu.used_percentage)}
        value={pcpu.used_percentage}
        max={100}
        warm={limits.cpuWarm}
        hot={limits.cpuHot}
        lines={[
          `${formatCores(pcpu.usage)} of ${formatCount(pcpu.total)} cores in use`,
          `${formatCount(pcpu.hosts_measured)} of ${formatCount(region.hosts_total)} hosts measured`,
        ]}
        reason={pcpu.reason}
      />
      <Freshness reading={readings.load} now={now} />
    </>
  );
}

export const physicalCpu = widget({ name: 'physical-cpu', title: 'Physical CPU', needs: 'physical', View });
