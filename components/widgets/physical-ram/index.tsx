import { Resource } from '@/components/ui/resource';
import { formatBytes, formatCount, formatPercent } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pram, region, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <Resource
      label="Physical RAM in use"
      figure={formatPercent(pram.used_percentage)}
      value={pram.used_percentage}
      max={100}
      warm={limits.ramWarm}
      hot={limits.ramHot}
      total={pram.total}
      lines={[
        `${formatBytes(pram.usage)} of ${formatBytes(pram.total)} in use, ${formatBytes(pram.free)} free`,
        `${formatCount(pram.hosts_measured)} of ${formatCount(region.hosts_total)} hosts measured`,
      ]}
      reason={pram.reason}
      reading={readings.load}
      now={now}
    />
  );
}

export const physicalRam = widget({ name: 'physical-ram', title: 'Physical RAM', needs: 'physical', View });
