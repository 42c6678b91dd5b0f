import { Freshness } from '@/components/ui/freshness';
import { Resource } from '@/components/ui/resource';
import { formatBytes, formatPercent } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pram, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <>
      <Resource
        label="Physical RAM in use"
        figure={formatPercent(pram.used_percentage)}
        value={pram.used_percentage}
        max={100}
        warm={limits.ramWarm}
        hot={limits.ramHot}
        lines={[`${formatBytes(pram.usage)} of ${formatBytes(pram.total)} in use`, `${formatBytes(pram.free)} free`]}
        reason={pram.reason}
      />
      <Freshness reading={readings.load} now={now} />
    </>
  );
}

export const physicalRam = widget({ name: 'physical-ram', title: 'Physical RAM', needs: 'physical', View });
