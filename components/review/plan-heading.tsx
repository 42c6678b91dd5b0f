import Link from 'next/link';
import type { PlanReview } from '@/lib/contract/v1/review';
import { formatAge } from '@/lib/format';
import { Explanation } from '../moves/explanation';
import { Icon } from '../ui/icon';
import { Tag } from '../ui/tag';
import { Ago } from '../ui/time';
import styles from './plan-heading.module.css';

type Props = { audit: PlanReview['audit']; plan: PlanReview['plan']; now: number };

/** Which plan it is, how old, how long it may still wait. */
export function PlanHeading({ audit, plan, now }: Props) {
  const left = plan.expires_at === null ? null : plan.expires_at - now;
  return (
    <header className={styles.heading}>
      <p className={styles.links}>
        <Link href={`/audits/${encodeURIComponent(audit.id)}/plans`} prefetch={false} className={styles.back}>
          <Icon name="back" size={14} /> Plans of {audit.name}
        </Link>
        <Link href={`/compare?left=${encodeURIComponent(`${audit.id}~${plan.id}`)}`} prefetch={false}>
          Compare with another plan
        </Link>
      </p>
      <h1 className={styles.title}>Plan of {audit.name}</h1>
      <p className={styles.subtitle}>
        <Tag tone={plan.state === 'RECOMMENDED' ? 'accent' : 'plain'}>{plan.state}</Tag>{' '}
        {plan.outcome ?? plan.state_meaning} Made <Ago at={plan.created_at} now={now} />
        {left === null ? '.' : left > 0 ? `, expires in ${formatAge(left)}.` : ', and should have expired by now.'}{' '}
        {plan.replaced_by ? (
          <>
            Replaced by{' '}
            <Link href={`/audits/${encodeURIComponent(audit.id)}/plans/${plan.replaced_by.id}`} prefetch={false}>
              a newer plan
            </Link>
            .
          </>
        ) : null}
      </p>
      {plan.explanation ? <Explanation explanation={plan.explanation} /> : null}
    </header>
  );
}
