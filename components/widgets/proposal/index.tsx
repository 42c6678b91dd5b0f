import { Fragment } from 'react';
import { planAddress, plansAddress } from '@/components/figures/addresses';
import { isOld } from '@/components/figures/freshness';
import { Verdict, VerdictName } from '@/components/figures/verdict';
import { ButtonLink } from '@/components/ui/button';
import type { IconTone } from '@/components/ui/icon';
import { Link } from '@/components/ui/link';
import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { formatAge, formatCount, formatThings, formatTime } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import { type Change, describeProposal, describeRank, type Said } from './words';

const TONES: Record<Said['tone'], IconTone> = { plan: 'accent', quiet: 'quiet', failed: 'error' };

const addressOf = ({ audit_id: audit, plan_id: plan }: ListedPlan): string => planAddress(audit, plan);

function View({ data, now }: ViewProps<Payloads['proposal']>) {
  const { readings, counts } = data;
  const old = isOld(readings.optimizer);
  const { tone, heading, lead, changes, note, plan, why } = describeProposal(data, { old, now });
  const [before, link, after] = heading;
  return (
    <Verdict
      level={2}
      tone={old ? 'warn' : TONES[tone]}
      icon={old ? 'clock' : tone === 'failed' ? 'error' : 'plan'}
      heading={
        <>
          {before}
          {link === '' || plan === null ? (
            link
          ) : (
            <Link href={addressOf(plan)} prefetch={false}>
              {link}
            </Link>
          )}
          {after}
        </>
      }
      actions={<Actions plan={tone === 'plan' ? plan : null} why={why} data={data} />}
    >
      {changes.length > 0 ? <Changes lead={lead} changes={changes} /> : null}
      {note === null ? null : `${note} `}
      {tone === 'plan' && plan !== null ? <Origin plan={plan} counts={counts} now={now} /> : null}
      {old ? ` Read at ${formatTime(readings.optimizer.as_of, now)}.` : null}
      {data.leftDisabled.length > 0 ? <LeftDisabled hosts={data.leftDisabled} now={now} /> : null}
    </Verdict>
  );
}

/** "Best of 5 plans that wait, from stabilize-production, 1 h ago and still true." */
function Origin({ plan, counts, now }: { plan: ListedPlan; counts: Payloads['proposal']['counts']; now: number }) {
  const { state, reason } = plan.worth?.truth ?? { state: 'unknown', reason: null };
  return (
    <>
      {describeRank(counts)}, from <VerdictName>{plan.audit_name}</VerdictName>,{' '}
      <span title={formatTime(plan.created_at, now)}>{formatAge(now - plan.created_at)} ago</span>
      {state === 'true' ? ' and still true.' : <span title={reason ?? undefined}>, loads not compared.</span>}
    </>
  );
}

type ActionsProps = { plan: ListedPlan | null; why: string | null; data: Payloads['proposal'] };

/** What can be done about it: the plan to decide on, why there is none, and all others. */
function Actions({ plan, why, data: { counts, total, mayAct } }: ActionsProps) {
  const { waiting } = counts;
  return (
    <>
      {plan === null ? null : (
        <ButtonLink look="primary" href={addressOf(plan)}>
          {mayAct ? 'Review and start' : 'Review'}
        </ButtonLink>
      )}
      {why === null ? null : <ButtonLink href={plansAddress(why)}>Why</ButtonLink>}
      {total === 0 ? null : (
        <ButtonLink href="/plans">
          {waiting === 0 ? 'Plans' : waiting === 1 ? 'The plan that waits' : `All ${formatCount(waiting)} plans`}
        </ButtonLink>
      )}
    </>
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
function Changes({ lead, changes }: { lead: string | null; changes: Change[] }) {
  return (
    <>
      {lead}
      {changes.map(({ what, from, to }, at) => (
        <Fragment key={what}>
          {at > 0 ? `, ${what}` : lead === null ? what.charAt(0).toUpperCase() + what.slice(1) : what}{' '}
          {from === '' ? null : `${from} → `}
          <strong>{to}</strong>
        </Fragment>
      ))}
      .{' '}
    </>
  );
}

export const proposal = widget({
  name: 'proposal',
  title: 'Plans',
  place: 'verdict',
  needs: 'proposal',
  View,
});
