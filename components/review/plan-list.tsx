import type { AuditPlans, PlanEntry } from '@/lib/contract/v1/plans';
import { formatAge, formatCount, formatInterval, formatThings, formatTime } from '@/lib/format';
import { auditsAddress, compareAddress, planAddress } from '../figures/addresses';
import { Explanation } from '../moves/explanation';
import { Link } from '../ui/link';
import { BackLink, PageHead } from '../ui/page';
import { Panel, PanelFoot, PanelNote } from '../ui/panel';
import { type Column, ScrollTable } from '../ui/table';
import { Tag, type TagTone } from '../ui/tag';
import { Ago, Time } from '../ui/time';
import { Quiet } from '../ui/values';

type Props = { data: AuditPlans; now: number };

const COLUMNS: Column[] = [
  { id: 'made', title: 'Made' },
  { id: 'state', title: 'State' },
  { id: 'migrations', title: 'Migrations', kind: 'number' },
  { id: 'actions', title: 'Actions', kind: 'number' },
  { id: 'outcome', title: 'Outcome', kind: 'prose' },
  { id: 'review', title: 'Review' },
];

/** Every plan of an audit, newest first: a continuous audit makes one per run. */
export function PlanList({ data: { audit, plans, series, explanation }, now }: Props) {
  const [newest, before] = plans;
  return (
    <>
      <PageHead
        title={`Plans of ${audit.name}`}
        ways={<BackLink href={auditsAddress(audit.id)}>{audit.name}</BackLink>}
      >
        <Tag>{audit.state}</Tag> {audit.state_meaning} {series ? describeSeries(series, now) : null}
      </PageHead>
      {explanation ? <Explanation explanation={explanation} /> : null}
      <Panel label="Plans" long>
        {plans.length === 0 ? (
          <PanelNote>No plans.</PanelNote>
        ) : (
          <ScrollTable label="Plans of the audit" columns={COLUMNS}>
            {plans.map((plan) => (
              <Row key={plan.id} plan={plan} auditId={audit.id} now={now} />
            ))}
          </ScrollTable>
        )}
        {newest && before ? (
          <PanelFoot>
            <Link
              href={compareAddress({ audit: audit.id, plan: before.id }, { audit: audit.id, plan: newest.id })}
              prefetch={false}
            >
              Compare the two newest
            </Link>
          </PanelFoot>
        ) : null}
      </Panel>
    </>
  );
}

const TONES: Record<string, TagTone> = { RECOMMENDED: 'accent', ONGOING: 'accent', PENDING: 'accent', FAILED: 'error' };

type RowProps = { plan: PlanEntry; auditId: string; now: number };

function Row({ plan, auditId, now }: RowProps) {
  const left = plan.expires_at === null ? null : plan.expires_at - now;
  const expiry = left === null ? null : left > 0 ? `Expires in ${formatAge(left)}.` : 'Should have expired by now.';
  const meaning = plan.outcome === null ? plan.state_meaning : null;
  return (
    <tr>
      <td>
        <Time at={plan.created_at} now={now} />{' '}
        <Quiet>
          <Ago at={plan.created_at} now={now} />
        </Quiet>
      </td>
      <td>
        <Tag tone={TONES[plan.state] ?? 'plain'}>{plan.state}</Tag>
      </td>
      <td data-kind="number">{formatCount(plan.migrations)}</td>
      <td data-kind="number">{formatCount(plan.action_counts?.total)}</td>
      <td data-kind="prose">{[plan.outcome, plan.explanation?.cause ?? meaning, expiry].filter(Boolean).join(' ')}</td>
      <td>
        <Link href={planAddress(auditId, plan.id)} prefetch={false}>
          Review<span className="visually-hidden"> the plan made at {formatTime(plan.created_at, now)}</span>
        </Link>
      </td>
    </tr>
  );
}

/** "12 plans so far, runs every 10 min, next in 3 min, 14 migrations proposed, 2 started." */
function describeSeries(series: NonNullable<AuditPlans['series']>, now: number): string {
  const seconds = Number(series.interval);
  const every =
    series.interval === null
      ? null
      : Number.isFinite(seconds)
        ? `runs every ${formatInterval(seconds)}`
        : `runs at ${series.interval}`;
  const next =
    series.next_run_at === null
      ? null
      : series.next_run_at > now
        ? `next in ${formatAge(series.next_run_at - now)}`
        : `was due ${formatAge(now - series.next_run_at)} ago`;
  const parts = [
    `${formatThings(series.runs, 'plan')} so far`,
    every,
    next,
    series.migrations === null ? null : `${formatThings(series.migrations, 'migration')} proposed`,
    `${formatCount(series.executed)} started`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}
