import { type Payloads, type ViewProps, widget } from '../widget';
import { HottestPanel } from './panel';

function View({ data, now, limits }: ViewProps<Payloads['hosts']>) {
  return <HottestPanel map={data} limits={limits} now={now} />;
}

export const hottest = widget({ name: 'hottest', title: 'Hottest hosts', place: 'side', needs: 'hosts', View });
