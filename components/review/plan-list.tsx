import Link from 'next/link';
import type { AuditPlans, PlanEntry } from '@/lib/contract/v1/plans';
import { formatAge, formatCount, formatInterval, formatThings } from '@/lib/format';
import { Explanation } from '../moves/explanation';
import { Icon } from '../ui/icon';
import { Tag, type TagTone } from '../ui/tag';
import { Ago, Time } from '../ui/time';
import styles from './plan-heading.module.css';
import shared from './review.module.css';

type Props = { data: AuditPlans; now: number };

/** Every plan of an audit, newest first: a continuous audit makes one at each run. */
export function PlanList({ data: { audit, plans, series, explanation }, now }: Props) {
  return (
    <>
      <header className={styles.heading}>
        <p>
          <Link href={`/?audit=${encodeURIComponent(audit.id)}`} prefetch={false} className={styles.back}>
            <Icon name="back" size={14} /> {audit.name}
          </Link>
        </p>
        <h1 className={styles.title}>Plans of {audit.name}</h1>
        <p className={styles.subtitle}>
          <Tag>{audit.state}</Tag> {audit.state_meaning} {series ? describeSeries(series, now) : null}
        </p>
      </header>
      {explanation ? <Explanation explanation={explanation} /> : null}
      <section className={shared.panel} aria-label="Plans">
        {plans.length === 0 ? (
          <p className={shared.foot}>No plan.</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
          <section className={shared.scroll} tabIndex={0} aria-label="Plans of the audit">
            <table className={shared.table}>
              <thead>
                <tr>
                  <th scope="col">Made</th>
                  <th scope="col">State</th>
                  <th scope="col" data-kind="number">
                    Migrations
                  </th>
                  <th scope="col" data-kind="number">
                    Actions
                  </th>
                  <th scope="col">What became of it</th>
                  <th scope="col">Review</th>
                </tr>
              </thead>
              <tbody>
                {plans.map((plan) => (
                  <Row key={plan.id} plan={plan} auditId={audit.id} now={now} />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {plans.length > 1 ? (
          <p className={shared.foot}>
            <Link
              href={`/compare?left=${encodeURIComponent(`${audit.id}~${plans[1]?.id}`)}&right=${encodeURIComponent(`${audit.id}~${plans[0]?.id}`)}`}
              prefetch={false}
            >
              Compare the newest two
            </Link>
          </p>
        ) : null}
      </section>
    </>
  );
}

const TONES: Record<string, TagTone> = { RECOMMENDED: 'accent', ONGOING: 'accent', PENDING: 'accent', FAILED: 'error' };

function Row({ plan, auditId, now }: { plan: PlanEntry; auditId: string; now: number }) {
  const left = plan.expires_at === null ? null : plan.expires_at - now;
  const expiry = left === null ? null : left > 0 ? `Expires in ${formatAge(left)}.` : 'Should have expired by now.';
  return (
    <tr>
      <td>
        <Time at={plan.created_at} now={now} />{' '}
        <span className={shared.quiet}>
          <Ago at={plan.created_at} now={now} />
        </span>
      </td>
      <td>
        <Tag tone={TONES[plan.state] ?? 'plain'}>{plan.state}</Tag>
      </td>
      <td data-kind="number">{formatCount(plan.migrations)}</td>
      <td data-kind="number">{formatCount(plan.actions?.total)}</td>
      <td className={shared.reasons}>
        {[plan.outcome, plan.explanation?.cause ?? (plan.outcome === null ? plan.state_meaning : null), expiry]
          .filter(Boolean)
          .join(' ')}
      </td>
      <td>
        <Link href={`/audits/${encodeURIComponent(auditId)}/plans/${plan.id}`} prefetch={false}>
          Review<span className="visually-hidden"> the plan of {new Date(plan.created_at).toISOString()}</span>
        </Link>
      </td>
    </tr>
  );
}

function describeSeries(series: NonNullable<AuditPlans['series']>, now: number): string {
  const seconds = Number(series.every);
  const every =
    series.every === null
      ? null
      : Number.isFinite(seconds)
        ? `runs every ${formatInterval(seconds)}`
        : `runs at ${series.every}`;
  const next =
    series.next_run_at === null
      ? null
      : series.next_run_at > now
        ? `next in ${formatAge(series.next_run_at - now)}`
        : `was due ${formatAge(now - series.next_run_at)} ago`;
  const told = [
    `${formatThings(series.runs, 'plan')} so far`,
    every,
    next,
    series.migrations === null ? null : `${formatThings(series.migrations, 'migration')} proposed`,
    `${formatCount(series.executed)} started`,
  ];
  return `${told.filter(Boolean).join(', ')}.`.replace(/^./, (first) => first.toUpperCase());
}
