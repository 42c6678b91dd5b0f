import type { PlanReview } from '@/lib/contract/v1/review';
import { formatAge } from '@/lib/format';
import { compareAddress, planAddress, plansAddress, runAddress } from '../figures/addresses';
import { CarefulRunLink } from '../figures/careful-run-link';
import { Cautions } from '../moves/cautions';
import { Explanation } from '../moves/explanation';
import { Link } from '../ui/link';
import { BackLink, PageHead } from '../ui/page';
import { Tag } from '../ui/tag';
import { Ago } from '../ui/time';

type Props = { audit: PlanReview['audit']; plan: PlanReview['plan']; now: number };

const NEVER_RAN = ['RECOMMENDED', 'SUPERSEDED'];
const RUNS = ['PENDING', 'ONGOING', 'CANCELLING'];

/** Which plan this is, when it was made and when it expires. */
export function PlanHeading({ audit, plan, now }: Props) {
  const left = plan.expires_at === null ? null : plan.expires_at - now;
  return (
    <>
      <PageHead
        title={`Plan of ${audit.name}`}
        ways={
          <>
            <BackLink href={plansAddress(audit.id)}>Plans of {audit.name}</BackLink>
            <Link href={compareAddress({ audit: audit.id, plan: plan.id })} prefetch={false}>
              Compare with another plan
            </Link>
            <CarefulRunLink audit={audit.name} />
            {NEVER_RAN.includes(plan.state) ? null : (
              <Link href={runAddress(audit.id, plan.id)} prefetch={false}>
                {RUNS.includes(plan.state) ? 'Watch it run' : 'How it ran'}
              </Link>
            )}
          </>
        }
      >
        <Tag tone={plan.state === 'RECOMMENDED' ? 'accent' : 'plain'}>{plan.state}</Tag>{' '}
        {plan.outcome ?? plan.state_meaning} Made <Ago at={plan.created_at} now={now} />
        {left === null ? '.' : left > 0 ? `, expires in ${formatAge(left)}.` : ', and should have expired by now.'}{' '}
        {plan.replaced_by ? (
          <>
            Replaced by{' '}
            <Link href={planAddress(audit.id, plan.replaced_by.id)} prefetch={false}>
              a newer plan
            </Link>
            .
          </>
        ) : null}
      </PageHead>
      {plan.explanation ? <Explanation explanation={plan.explanation} /> : null}
      <Cautions cautions={plan.cautions} />
    </>
  );
}
