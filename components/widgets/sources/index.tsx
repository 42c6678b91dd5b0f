import { Caption } from '@/components/ui/figure';
import { describeFailure } from '@/components/ui/freshness';
import { Moment } from '@/components/ui/moment';
import { SourceBadge } from '@/components/ui/source-badge';
import { type Payloads, type ViewProps, widget } from '../widget';

function View({ data: { sources }, now }: ViewProps<Payloads['sources']>) {
  if (sources.length === 0) return <Caption>No source is set up.</Caption>;
  return (
    <>
      <ul>
        {sources.map(({ name, status, message, since }) => (
          <li key={name}>
            <SourceBadge name={name} status={status} />
            {message === null ? null : <Caption>{describeFailure({ message, since }, now)}</Caption>}
          </li>
        ))}
      </ul>
      <Caption>
        Checked <Moment at={Math.min(...sources.map(({ checked_at: at }) => at))} now={now} />
      </Caption>
    </>
  );
}

export const sources = widget({ name: 'sources', title: 'Sources', needs: 'sources', View });
