import 'server-only';
import type { PlanProgress } from '@/lib/contract/v1/plan-list';
import { progressOf } from '@/lib/domain/plans/list-parts';
import { happenedTo } from '../collect/joined';
import { takeReadings } from '../collect/reading-set';
import { CAPACITY_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { listEntries } from './plan-entries';
import { asView } from './view';

/** What the bar says about plans, on every page. */
export type PlansNow = {
  /** Plans that wait for a decision. */
  waiting: number;
  running: { auditId: string; audit: string; planId: string; progress: PlanProgress }[];
};

/** null while nothing is known about plans. Never rejects for a failing source. */
export async function readPlansNow(region: RegionId): Promise<PlansNow | null> {
  const view = await asView(async () => {
    const readings = await takeReadings(region, [...CAPACITY_READINGS, 'optimizer', 'migrations'], { partial: true });
    if (!readings.optimizer?.value) return null;
    const entries = listEntries(readings);
    return {
      waiting: entries.filter(({ part }) => part === 'waiting').length,
      running: entries
        .filter(({ part, plan }) => part === 'running' && plan.state !== 'PENDING')
        .map(({ auditCase: { audit }, plan, actions = [] }) => ({
          auditId: audit.id,
          audit: audit.name,
          planId: plan.id,
          progress: progressOf(plan, actions, happenedTo(readings, plan, actions)),
        })),
    };
  });
  return view.ok ? view.data : null;
}
