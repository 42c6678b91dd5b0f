import { Caption, Figure } from '@/components/ui/figure';
import { Freshness } from '@/components/ui/freshness';
import { formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { region, readings }, now }: ViewProps<Payloads['virtual']>) {
  const total = region.hosts_total;
  const down = total - region.hosts_up;
  const disabled = total - region.hosts_enabled;
  return (
    <>
      <Figure value={formatCount(total)} unit={total === 1 ? 'host' : 'hosts'} />
      <Caption>
        {region.name === '' ? 'Region without a name' : `Region ${region.name}`}
        {down > 0 ? `, ${formatThings(down, 'host')} down` : ''}
        {disabled > 0 ? `, ${formatCount(disabled)} disabled` : ''}
      </Caption>
      <Freshness reading={readings.inventory} now={now} />
    </>
  );
}

export const region = widget({ name: 'region', title: 'Region', needs: 'virtual', View });
