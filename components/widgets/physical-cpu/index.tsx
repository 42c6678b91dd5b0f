import { Resource } from '@/components/ui/resource';
import { formatCores, formatCount, formatNames, formatPercent } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pcpu, region, diagnostics, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  const unmeasured = diagnostics.unmeasured_hosts;
  // Where nothing is measured the reason says so; a list of all hosts would not say more.
  const some = pcpu.hosts_measured > 0 && unmeasured.length > 0;
  return (
    <Resource
      label="Physical CPU in use"
      figure={formatPercent(pcpu.used_percentage)}
      value={pcpu.used_percentage}
      max={100}
      warm={limits.cpuWarm}
      hot={limits.cpuHot}
      total={pcpu.total}
      lines={[
        `${formatCores(pcpu.usage)} of ${formatCount(pcpu.total)} cores in use, ${formatCores(pcpu.free)} free`,
        `${formatCount(pcpu.hosts_measured)} of ${formatCount(region.hosts_total)} hosts measured`,
        ...(some ? [`Not measured: ${formatNames(unmeasured)}`] : []),
      ]}
      reason={pcpu.reason}
      reading={readings.load}
      now={now}
    />
  );
}

export const physicalCpu = widget({ name: 'physical-cpu', title: 'Physical CPU', needs: 'physical', View });
