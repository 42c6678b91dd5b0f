import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { formatCount } from '@/lib/format';
import { Link } from '../ui/link';
import { Panel } from '../ui/panel';
import { DEFAULTS, plansListAddress } from './choice';
import { DoneTable } from './done-table';

type Props = { plans: ListedPlan[]; total: number; now: number };

/** The newest plans that ran. */
export function DonePanel({ plans, total, now }: Props) {
  return (
    <Panel
      title="Done"
      note={total > plans.length ? `the newest ${formatCount(plans.length)} of ${formatCount(total)}` : null}
      controls={
        total > plans.length ? (
          <Link href={plansListAddress({ ...DEFAULTS, show: 'done' })} prefetch={false}>
            All {formatCount(total)}
          </Link>
        ) : null
      }
      long
    >
      <DoneTable plans={plans} now={now} />
    </Panel>
  );
}
