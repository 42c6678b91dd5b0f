import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { planAddress, plansAddress } from '../figures/addresses';
import { describeOrigin } from '../figures/plan-words';
import { SecondLine } from '../figures/said';
import { Link } from '../ui/link';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Time } from '../ui/time';
import { NameLink } from '../ui/values';

const COLUMNS: Column[] = [
  { id: 'plan', title: 'Plan' },
  { id: 'when', title: 'Ended' },
  { id: 'state', title: 'What happened', kind: 'prose' },
  { id: 'why', title: <span className="visually-hidden">Why</span> },
];

/** Plans that ended without a change: empty, expired, or cancelled before they ran. */
export function UnchangedTable({ plans, now }: { plans: ListedPlan[]; now: number }) {
  return (
    <ScrollTable label="Plans that changed nothing" columns={COLUMNS} layout="cards">
      {plans.map((plan) => (
        <tr key={plan.plan_id} {...ROLES.row}>
          <th {...ROLES.rowHead} scope="row" data-card="full">
            <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>
            <SecondLine>{describeOrigin(plan, now)}</SecondLine>
          </th>
          <td {...ROLES.cell} data-card="full">
            <Time at={plan.updated_at ?? plan.created_at} now={now} />
          </td>
          <td {...ROLES.cell} data-kind="prose" data-card="full">
            {plan.state_meaning}
          </td>
          <td {...ROLES.cell} data-card="full">
            <Link
              href={plansAddress(plan.audit_id)}
              prefetch={false}
              aria-label={`Why ${plan.audit_name} changed nothing`}
            >
              Why
            </Link>
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}
