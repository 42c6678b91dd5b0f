import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { formatAge, formatTime } from '@/lib/format';
import { newAuditAddress, plansAddress } from '../figures/addresses';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Name } from '../ui/values';

type Props = {
  /** The newest plan that changed nothing. */
  last: ListedPlan | null;
  audits: number;
  now: number;
};

/** Instead of the plans that wait: why there are none, and what happens next. */
export function NothingWaits({ last, audits, now }: Props) {
  if (audits === 0) {
    return (
      <EmptyState
        icon="plan"
        heading="h2"
        title="No audits yet"
        actions={<ButtonLink href={newAuditAddress()}>New audit</ButtonLink>}
      >
        <p>An audit looks and proposes; nothing moves until you start its plan.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="plan"
      heading="h2"
      title="Nothing to decide"
      actions={
        last === null ? null : (
          <ButtonLink href={plansAddress(last.audit_id)} icon="info">
            Why it found nothing
          </ButtonLink>
        )
      }
    >
      {last === null ? <p>No audit has proposed anything.</p> : <Last plan={last} now={now} />}
    </EmptyState>
  );
}

function Last({
  plan: { audit_name: audit, created_at: at, state_meaning: meaning, next_run_at: next },
  now,
}: {
  plan: ListedPlan;
  now: number;
}) {
  return (
    <p>
      <Name>{audit}</Name> made its last plan at {formatTime(at, now)}. {meaning}
      {next !== null && next > now ? ` It looks again at ${formatTime(next, now)}, in ${formatAge(next - now)}.` : ''}
    </p>
  );
}
