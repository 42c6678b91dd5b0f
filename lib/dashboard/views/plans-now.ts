import 'server-only';
import type { ListedPlan, PlanProgress } from '@/lib/contract/v1/plan-list';
import { progressOf } from '@/lib/domain/plans/list-parts';
import { happenedTo } from '../collect/joined';
import { takeReadings } from '../collect/reading-set';
import { CAPACITY_READINGS } from '../collect/reading-values';
import { takeStarts } from '../collect/starts';
import type { RegionId } from '../process/region';
import { listEntries } from './plan-entries';
import { describeBegin } from './plan-start';
import { asView } from './view';

/** A plan that runs, how far it is, who started it and how long it still takes. */
export type RunNow = { auditId: string; audit: string; planId: string; progress: PlanProgress } & Pick<
  ListedPlan,
  'started' | 'seconds_left'
>;

/** What the bar says about plans, on every page. */
export type PlansNow = {
  /** Plans that wait for a decision. */
  waiting: number;
  running: RunNow[];
};

/** null while nothing is known about plans. Never rejects for a failing source. */
export async function readPlansNow(region: RegionId): Promise<PlansNow | null> {
  const view = await asView(async () => {
    const readings = await takeReadings(region, [...CAPACITY_READINGS, 'optimizer', 'migrations'], { partial: true });
    if (!readings.optimizer?.value) return null;
    const entries = listEntries(readings);
    const running = entries.filter(({ part, plan }) => part === 'running' && plan.state !== 'PENDING');
    const starts = await takeStarts(
      readings.region,
      running.map(({ plan }) => plan.id),
    );
    return {
      waiting: entries.filter(({ part }) => part === 'waiting').length,
      running: running.map((entry): RunNow => {
        const { auditCase, plan, actions = [] } = entry;
        return {
          auditId: auditCase.audit.id,
          audit: auditCase.audit.name,
          planId: plan.id,
          progress: progressOf(plan, actions, happenedTo(readings, plan, actions)),
          ...describeBegin(readings, entry, starts),
        };
      }),
    };
  });
  return view.ok ? view.data : null;
}
