import 'server-only';
import { plansCsvQuerySchema } from '@/lib/contract/query';
import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { rounded } from '@/lib/format';
import { takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { viewPlanList } from '../views/plan-list';
import { qualityOf } from '../views/quality';
import { checkQuery } from './check-query';
import { type CsvField, csvFile, csvOf, isoOf } from './csv-file';
import { serve } from './serve';

/** GET /plans.csv: the plans page as a file, with all plans that match, in the same order. */
export function servePlansCsv(request: Request): Promise<Response> {
  return serve(request, async (region) => {
    const query = checkQuery(plansCsvQuerySchema, request);
    const readings = await takeComplete(region, ALL_READINGS);
    const { plans } = await viewPlanList(readings, { ...query, limit: Number.MAX_SAFE_INTEGER, offset: 0 });
    const quality = qualityOf(readings, []);
    return csvFile('plans', [plansCsv(plans)], quality);
  });
}

const FIELDS: CsvField<ListedPlan>[] = [
  ['audit', ({ audit_name: audit }) => audit],
  ['plan', ({ plan_id: id }) => id],
  ['part', ({ part }) => part],
  ['state', ({ plan_state: state }) => state],
  ['goal', ({ goal }) => goal],
  ['strategy', ({ strategy }) => strategy],
  ['created_at', ({ created_at: at }) => isoOf(at)],
  ['updated_at', ({ updated_at: at }) => isoOf(at)],
  ['expires_at', ({ expires_at: at }) => isoOf(at)],
  ['started_by', ({ started }) => started?.by],
  ['person', ({ started }) => started?.person],
  ['reason', ({ started }) => started?.reason],
  ['started_at', ({ started }) => isoOf(started?.at ?? null)],
  ['began_at', ({ started }) => isoOf(started?.began_at ?? null)],
  ['rank', ({ worth }) => worth?.rank],
  ['group', ({ worth }) => worth?.group],
  ['spread_now_points', ({ worth }) => rounded(worth?.cpu.spread.now)],
  ['spread_after_points', ({ worth }) => rounded(worth?.cpu.spread.after)],
  ['score_now', ({ worth }) => rounded(worth?.score.now)],
  ['score_after', ({ worth }) => rounded(worth?.score.after)],
  ['hottest_host', ({ worth }) => worth?.cpu.hottest.now?.host],
  ['hottest_now_percent', ({ worth }) => rounded(worth?.cpu.hottest.now?.load)],
  ['hottest_after_percent', ({ worth }) => rounded(worth?.cpu.hottest.after?.load)],
  ['hosts_cooled', ({ worth }) => worth?.cooled.length],
  ['hosts_emptied', ({ worth }) => worth?.emptied?.count],
  ['moves', ({ worth, result }) => worth?.moves ?? result?.moves],
  ['moves_would_fail', ({ worth }) => worth?.counts['would-fail']],
  ['ram_to_copy_bytes', ({ worth }) => rounded(worth?.ram_to_copy, 0)],
  ['verdict', ({ worth }) => worth?.verdict],
  ['still_true', ({ worth }) => worth?.truth.state],
  ['moved', ({ result }) => result?.moved],
  ['spread_promised_points', ({ result }) => rounded(result?.spread?.promised)],
  ['spread_before_points', ({ result }) => rounded(result?.spread?.before)],
  ['spread_delivered_points', ({ result }) => rounded(result?.spread?.after)],
  ['kept', ({ result }) => rounded(result?.kept, 2)],
  ['why_unknown', ({ worth_reason: reason, result }) => reason ?? result?.reason],
];

/** Spreads in points, loads in percent, RAM in bytes; an unknown value is an empty cell. */
const plansCsv = (plans: ListedPlan[]): string => csvOf(FIELDS, plans);
