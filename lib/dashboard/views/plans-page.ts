import 'server-only';
import type { ListedPlan, PlanList } from '@/lib/contract/v1/plan-list';
import { auditCasesOf } from '../collect/joined';
import { takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import type { RegionId } from '../process/region';
import { type PlansQuery, viewPlanList } from './plan-list';
import { describeRow, surveyPlans } from './plan-survey';
import { asView, type View } from './view';

/** What the page of plans shows besides the part that was chosen. */
export type PlansPage = {
  /** One page of the chosen part. */
  list: PlanList;
  /** Of each part, whatever is filtered. */
  counts: PlanList['counts'];
  best: ListedPlan | null;
  running: ListedPlan[];
  /** The newest of those that are over. */
  done: ListedPlan[];
  /** The newest that changed nothing. */
  unchanged: ListedPlan | null;
  audits: number;
};

/** Usually one plan runs at a time. */
const MOST_RUNNING = 10;
const MOST_DONE = 5;

/** If the page of the list no longer exists, because plans left or the filter changed, it is the last one. */
export const readPlansPage = (region: RegionId, query: PlansQuery): Promise<View<PlansPage>> =>
  asView(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const survey = await surveyPlans(readings);
    const view = (wanted: PlansQuery) => viewPlanList(readings, wanted, survey);
    const asked = await view(query);
    const last = Math.max(0, Math.ceil(asked.total / query.limit) - 1) * query.limit;
    const running = await view({ show: 'running', limit: MOST_RUNNING, offset: 0 });
    const done = await view({ show: 'done', limit: MOST_DONE, offset: 0 });
    const unchanged = await view({ show: 'unchanged', limit: 1, offset: 0 });
    return {
      list: query.offset > last ? await view({ ...query, offset: last }) : asked,
      counts: running.counts,
      best: survey.best && (await describeRow(readings, survey, { entry: survey.best })),
      running: running.plans,
      done: done.plans,
      unchanged: unchanged.plans[0] ?? null,
      audits: auditCasesOf(readings).length,
    };
  });
