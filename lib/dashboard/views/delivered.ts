import 'server-only';
import type { Delivered, Deliveries } from '@/lib/contract/v1/delivered';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { mayHaveRun } from '@/lib/domain/plans/runs';
import {
  compareWithPromise,
  listPassages,
  meanByStrategy,
  type Passage,
  type Run,
  runOf,
} from '@/lib/domain/projection/delivered';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { need, type ReadingSet, readingStates } from '../collect/reading-set';
import { takePlanDetail, takePlanPast } from '../collect/review-readings';
import { partOf } from '../collect/take-of';

/** Executed plans: what they promised and what they delivered. */

/** Only the newest executed plans are measured; Prometheus is asked once about each. */
const MAX_PLANS = 20;

/** @param readings with inventory, load and optimizer */
export async function viewDelivered(readings: ReadingSet, plan: ActionPlan, actions: Action[]): Promise<Delivered> {
  const cluster = clusterOf(readings);
  const { load } = readings.sources;
  const windowMs = load.windowOf(readings.load?.value);
  const run: Run = runOf(plan, actions, { cluster, windowMs });
  const now = Date.now();
  const taken = run.moments && now >= run.moments.after ? partOf(await takePlanPast(readings, run)) : null;
  return compareWithPromise(run, taken?.value ?? null, {
    cluster,
    hostLabels: load.settings.hostLabels,
    now,
    windowMs,
    passages: passagesOf(readings),
    failure: taken?.reason ?? null,
  });
}

const keptPassages = new WeakMap<object, Passage[]>();

/** Computed once for each reading of the plans. */
function passagesOf(readings: ReadingSet): Passage[] {
  const { actions } = need(readings, 'optimizer');
  const known = keptPassages.get(actions) ?? listPassages(actions, clusterOf(readings));
  keptPassages.set(actions, known);
  return known;
}

/** @param readings with inventory, load and optimizer */
export async function viewDeliveries(readings: ReadingSet): Promise<Deliveries> {
  need(readings, 'inventory');
  const ran = auditCasesOf(readings)
    .flatMap((auditCase) => auditCase.plans.filter(mayHaveRun).map((plan) => ({ auditCase, plan })))
    .sort((a, b) => b.plan.createdAt - a.plan.createdAt)
    .slice(0, 3 * MAX_PLANS);
  const rows = (await Promise.all(ran.map(({ auditCase, plan }) => describe(readings, auditCase, plan))))
    .filter((row) => row !== null)
    .slice(0, MAX_PLANS);
  return { plans: rows, strategies: meanByStrategy(rows), readings: readingStates(readings) };
}

async function describe(
  readings: ReadingSet,
  { audit, actions: known }: AuditCase,
  plan: ActionPlan,
): Promise<Deliveries['plans'][number] | null> {
  const actions = known[plan.id] ?? (await takePlanDetail(readings, plan.id)).value?.actions ?? [];
  const delivered = await viewDelivered(readings, plan, actions);
  if (delivered.state === 'nothing-ran') return null;
  return {
    audit_id: audit.id,
    audit: audit.name,
    plan_id: plan.id,
    strategy: plan.strategy,
    state: delivered.state,
    created_at: plan.createdAt,
    moves_done: delivered.moves_done,
    mean_error: delivered.mean_error,
    mean_change_error: delivered.mean_change_error,
  };
}
