import Link from 'next/link';
import { Fragment } from 'react';
import { isOld } from '@/components/figures/freshness';
import { NewestAuditLink } from '@/components/figures/newest-audit-link';
import { Verdict, VerdictName } from '@/components/figures/verdict';
import type { IconTone } from '@/components/ui/icon';
import { formatAge, formatCount, formatThings, formatTime } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import { type Change, describeProposal, type Said } from './words';

const TONES: Record<Said['tone'], IconTone> = { plan: 'accent', quiet: 'quiet', failed: 'error' };

function View({ data, now }: ViewProps<Payloads['proposal']>) {
  const { audit, readings } = data;
  const old = isOld(readings.optimizer);
  const { tone, heading, changes, note } = describeProposal(data, old);
  const [before, link, after] = heading;
  return (
    <Verdict
      level={2}
      tone={old ? 'warn' : TONES[tone]}
      icon={old ? 'clock' : tone === 'failed' ? 'error' : 'plan'}
      heading={
        <>
          {before}
          {link === '' ? null : <NewestAuditLink>{link}</NewestAuditLink>}
          {after}
        </>
      }
    >
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {note === null ? null : `${note} `}
      {audit === null ? null : (
        <>
          From <VerdictName>{audit.name}</VerdictName>,{' '}
          <span title={formatTime(audit.created_at, now)}>{formatAge(now - audit.created_at)} ago</span>.
        </>
      )}
      {old ? ` Read at ${formatTime(readings.optimizer.as_of, now)}.` : null}
      {data.leftDisabled.length > 0 ? <LeftDisabled hosts={data.leftDisabled} now={now} /> : null}
    </Verdict>
  );
}

/** "Watcher left 2 hosts disabled: cmp-1 (watcher_disabled, since 02:41 UTC) and cmp-2 (…)." */
function LeftDisabled({ hosts, now }: { hosts: Payloads['proposal']['leftDisabled']; now: number }) {
  const shown = hosts.slice(0, MOST_HOSTS);
  return (
    <>
      {' '}
      Watcher left {formatThings(hosts.length, 'host')} disabled:{' '}
      {shown.map(({ host, reason, since }, at) => (
        <Fragment key={host}>
          {at === 0 ? null : ', '}
          <Link href={`/hosts/${encodeURIComponent(host)}`} prefetch={false}>
            <VerdictName>{host}</VerdictName>
          </Link>{' '}
          ({reason}
          {since === null ? null : `, since ${formatTime(since, now)}`})
        </Fragment>
      ))}
      {hosts.length > shown.length ? ` and ${formatCount(hosts.length - shown.length)} more` : null}. Enable them in
      Nova when they may take VMs.
    </>
  );
}

/** The doctor lists all of them. */
const MOST_HOSTS = 3;

/** "Hottest host 89% → 64%, spread 20.6 → 8.4 pts." */
function Changes({ changes }: { changes: Change[] }) {
  return (
    <>
      {changes.map(({ what, from, to }, at) => (
        <Fragment key={what}>
          {at === 0 ? what.charAt(0).toUpperCase() + what.slice(1) : `, ${what}`} {from === '' ? null : `${from} → `}
          <strong>{to}</strong>
        </Fragment>
      ))}
      .{' '}
    </>
  );
}

export const proposal = widget({
  name: 'proposal',
  title: 'Audits',
  place: 'verdict',
  needs: 'proposal',
  View,
});
