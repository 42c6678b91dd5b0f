import { Caption, Name } from '@/components/ui/figure';
import { Freshness } from '@/components/ui/freshness';
import { formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const MOST = 3;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function View({ data: { flavors, readings }, now }: ViewProps<Payloads['virtual']>) {
  return (
    <>
      {flavors.length === 0 ? (
        <Caption>No VM has a flavor.</Caption>
      ) : (
        <ol>
          {flavors.slice(0, MOST).map(({ name, count }) => (
            <li key={name}>
              <Flavor name={name} /> {formatThings(count, 'VM')}
            </li>
          ))}
        </ol>
      )}
      <Freshness reading={readings.inventory} now={now} />
    </>
  );
}

/** A flavor that OpenStack knows only by its id is shown by the start of it. */
function Flavor({ name }: { name: string }) {
  return <Name>{UUID.test(name) ? <abbr title={name}>{name.slice(0, 8)}</abbr> : name}</Name>;
}

export const flavors = widget({ name: 'flavors', title: 'Top flavors', needs: 'virtual', View });
