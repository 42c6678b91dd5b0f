import type { ListedPlan, PlanList } from '@/lib/contract/v1/plan-list';
import { formatCount, formatPoints } from '@/lib/format';
import { newAuditAddress } from '../figures/addresses';
import { bringsOf } from '../figures/plan-words';
import { VerdictName } from '../figures/verdict';
import { ButtonLink } from '../ui/button';
import { PageHead } from '../ui/page';
import { describeCounts, describeOthers } from './words';

type Props = { counts: PlanList['counts']; groups: PlanList['groups']; best: ListedPlan | null };

/** How many plans wait, and what the best of them brings. */
export function PlansHead({ counts, groups, best }: Props) {
  const others = describeOthers(groups);
  return (
    <PageHead
      title={describeCounts(counts)}
      aside={
        <ButtonLink href={newAuditAddress()} data-hide="print">
          New audit
        </ButtonLink>
      }
    >
      {best?.worth ? (
        <>
          The best, <VerdictName>{best.audit_name}</VerdictName>, <Effect worth={best.worth} />.{' '}
        </>
      ) : counts.waiting > 0 ? (
        'None of them still holds. '
      ) : null}
      {others}
    </PageHead>
  );
}

function Effect({ worth }: { worth: NonNullable<ListedPlan['worth']> }) {
  const brings = bringsOf(worth);
  switch (brings.kind) {
    case 'sentence':
      return <strong>{brings.text.charAt(0).toLowerCase() + brings.text.slice(1)}</strong>;
    case 'unknown':
      return 'has moves of an unknown effect';
    case 'spread':
      return (
        <>
          takes the spread {formatCount(brings.now, 1)} → <strong>{formatPoints(brings.after)}</strong>
        </>
      );
  }
}
