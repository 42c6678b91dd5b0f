import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { Runs } from '../figures/runs';
import { Panel } from '../ui/panel';
import { Tag } from '../ui/tag';
import { describeAppliers } from './words';

type Props = { plans: ListedPlan[]; appliers: number | null; now: number };

/** Plans that run, and why one runs after the other. */
export function RunningPanel({ plans, appliers, now }: Props) {
  const said = describeAppliers(appliers);
  return (
    <Panel
      title="Running"
      note={said === null || said.isRisky ? null : said.text}
      tag={
        said?.isRisky ? (
          <Tag tone="warn" icon="warn">
            {said.text}
          </Tag>
        ) : null
      }
    >
      <Runs plans={plans} now={now} />
    </Panel>
  );
}
