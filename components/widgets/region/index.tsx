import { Caption, Figure } from '@/components/ui/figure';
import { Freshness } from '@/components/ui/freshness';
import { formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { region, readings }, now }: ViewProps<Payloads['virtual']>) {
  const { name, hosts_total: total, hosts_up: up, hosts_enabled: enabled } = region;
  return (
    <>
      <Figure value={formatCount(total)} unit={total === 1 ? 'host' : 'hosts'} />
      <Caption>{name === '' ? 'Region without a name' : `Region ${name}`}</Caption>
      {up < total ? <Caption>{formatThings(total - up, 'host')} not up</Caption> : null}
      {enabled < total ? <Caption>{formatThings(total - enabled, 'host')} not enabled</Caption> : null}
      <Freshness reading={readings.inventory} now={now} />
    </>
  );
}

export const region = widget({ name: 'region', title: 'Region', needs: 'virtual', View });
