import { Badge, type Tone } from '@/components/ui/badge';
import { Caption } from '@/components/ui/figure';
import { formatTime } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const TONES: Record<string, Tone> = { ok: 'ok', error: 'error', mock: 'mock' };
const WORDS: Record<string, string> = { ok: 'ok', error: 'error', mock: 'mock data' };

function View({ data: { sources }, now }: ViewProps<Payloads['sources']>) {
  return (
    <ul>
      {sources.map(({ name, status, message, since }) => (
        <li key={name}>
          <Badge tone={TONES[status] ?? 'plain'}>{`${name} ${WORDS[status] ?? status}`}</Badge>
          {message ? (
            <Caption>
              {message}
              {since === null ? '' : ` Since ${formatTime(since, now)}.`}
            </Caption>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export const sources = widget({ name: 'sources', title: 'Sources', needs: 'sources', View });
