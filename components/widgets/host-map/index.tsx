import { type Payloads, type ViewProps, widget } from '../widget';
import { HostMapPanel } from './panel';

function View({ data, now, limits }: ViewProps<Payloads['hosts']>) {
  return <HostMapPanel map={data} limits={limits} now={now} />;
}

export const hostMap = widget({ name: 'host-map', title: 'Hosts by CPU', place: 'wide', needs: 'hosts', View });
