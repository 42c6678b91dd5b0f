import { PhysicalCell } from '@/components/figures/physical-cell';
import { formatBytes } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { pram, region, readings }, now, limits }: ViewProps<Payloads['physical']>) {
  return (
    <PhysicalCell
      label="Physical RAM in use"
      physical={pram}
      amounts={amountsOf(formatBytes(pram.usage), formatBytes(pram.total))}
      limits={limits.ram}
      hostsTotal={region.hosts_total}
      reading={readings.load}
      now={now}
    />
  );
}

/** "7.2 TiB of 14 TiB", or shorter "7.2 of 14 TiB", where both have the same unit. */
function amountsOf(usage: string, total: string): { full: string; short: string } {
  const unit = total.slice(total.search(/\D+$/));
  const full = `${usage} of ${total}`;
  return { full, short: usage.endsWith(unit) ? `${usage.slice(0, -unit.length)} of ${total}` : full };
}

export const physicalRam = widget({
  name: 'physical-ram',
  title: 'Physical RAM',
  needs: 'physical',
  aside: ({ pram }) => (pram.free === null || pram.total === 0 ? null : `${formatBytes(pram.free)} free`),
  View,
});
