import { type Payloads, type ViewProps, widget } from '../widget';
import { SincePanel } from './panel';

function View({ data, now }: ViewProps<Payloads['news']>) {
  return <SincePanel news={data} now={now} />;
}

export const since = widget({ name: 'since', title: 'Since you last looked', place: 'side', needs: 'news', View });
