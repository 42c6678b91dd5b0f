import { Fragment } from 'react';
import { Verdict, VerdictName } from '@/components/figures/verdict';
import type { IconName, IconTone } from '@/components/ui/icon';
import { Link } from '@/components/ui/link';
import { formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import { describeHeat, type Heat } from './words';

const ICONS: Record<Heat['tone'], IconName> = { hot: 'hot', good: 'ok', unknown: 'waiting' };
const TONES: Record<Heat['tone'], IconTone> = { hot: 'hot', good: 'ok', unknown: 'quiet' };

function View({ data, now, limits }: ViewProps<Payloads['hosts']>) {
  const { tone, heading, asOf, hosts, more, rest } = describeHeat(data, limits, now);
  const old = asOf !== null;
  return (
    <Verdict level={1} tone={old ? 'warn' : TONES[tone]} icon={old ? 'clock' : ICONS[tone]} heading={heading}>
      {hosts.length > 0 && tone === 'good' ? 'Hottest ' : null}
      {hosts.map(({ name, load }, at) => (
        <Fragment key={name}>
          {at > 0 ? ', ' : null}
          <Link href={`/hosts/${encodeURIComponent(name)}`} prefetch={false}>
            <VerdictName>{name}</VerdictName>
          </Link>{' '}
          <strong>{load}</strong>
        </Fragment>
      ))}
      {hosts.length > 0 ? `${more > 0 ? ` and ${formatCount(more)} more` : ''}. ` : null}
      {rest.join(' ')}
    </Verdict>
  );
}

export const heat = widget({ name: 'heat', title: 'Host load', place: 'verdict', needs: 'hosts', View });
