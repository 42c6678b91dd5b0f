import { Fragment } from 'react';
import { isOld } from '@/components/figures/freshness';
import { NewestAuditLink } from '@/components/figures/newest-audit-link';
import { Verdict, VerdictName } from '@/components/figures/verdict';
import type { IconTone } from '@/components/ui/icon';
import { formatAge, formatTime } from '@/lib/format';
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
    </Verdict>
  );
}

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
