import { Caption, Name } from '@/components/ui/figure';
import { formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const MOST = 3;

function View({ data: { flavors } }: ViewProps<Payloads['virtual']>) {
  if (flavors.length === 0) return <Caption>No VM has a flavor.</Caption>;
  return (
    <ol>
      {flavors.slice(0, MOST).map(({ name, count }) => (
        <li key={name}>
          <Name>{name}</Name> {formatThings(count, 'VM')}
        </li>
      ))}
    </ol>
  );
}

export const flavors = widget({ name: 'flavors', title: 'Top flavors', needs: 'virtual', View });
