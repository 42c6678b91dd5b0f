import 'server-only';
import type { Delivered, Deliveries } from '@/lib/contract/v1/delivered';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import type { Happenings } from '@/lib/domain/plans/happenings';
import { mayHaveRun } from '@/lib/domain/plans/runs';
import { ratesByStrategy } from '@/lib/domain/plans/strategy-rates';
import { compareWithPromise, keptPart, meanByStrategy } from '@/lib/domain/projection/delivered';
import { type Disturbance, listDisturbances } from '@/lib/domain/projection/disturbances';
import { runOf } from '@/lib/domain/projection/executed-run';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { PlanPast } from '@/lib/readings/plan-past';
import { DAY_MS } from '@/lib/units';
import { auditCasesOf, clusterOf, happenedTo, happeningsOf } from '../collect/joined';
import { need, type ReadingSet, readingStates } from '../collect/reading-set';
import { takePlanDetail, takePlanPast } from '../collect/review-readings';
import { partOf } from '../collect/take-of';

/** Executed plans: what they promised and what they delivered. */

/** Only the newest executed plans are measured; Prometheus is asked once about each. */
const MAX_PLANS = 20;

/** @param readings with inventory, load and optimizer */
export const viewDelivered = async (
  readings: ReadingSet,
  plan: ActionPlan,
  { actions, patienceMs }: Pick<Ran, 'actions' | 'patienceMs'>,
): Promise<Delivered> =>
  (await readDelivered(readings, { plan, actions, happenings: happeningsOf(readings), patienceMs })).delivered;

type Ran = {
  plan: ActionPlan;
  actions: Action[];
  happenings: Happenings;
  /** How long to wait for the loads before and after. */
  patienceMs?: number;
};

/** The same with the loads that it was made from; they are null if they are not known (yet). */
export async function readDelivered(
  readings: ReadingSet,
  { plan, actions, happenings, patienceMs }: Ran,
): Promise<{ delivered: Delivered; past: PlanPast | null }> {
  const cluster = clusterOf(readings);
  const { load } = readings.sources;
  const windowMs = load.windowOf(readings.load?.value);
  const run = runOf(plan, actions, { cluster, windowMs, happened: happenings.of(plan, actions) });
  const now = Date.now();
  const isOver = run.moments !== null && run.running === 0 && now >= run.moments.after;
  const taken = isOver ? partOf(await takePlanPast(readings, run, patienceMs)) : null;
  const past = taken?.value ?? null;
  const compare = () =>
    compareWithPromise(run, past, {
      cluster,
      hostLabels: load.settings.hostLabels,
      now,
      windowMs,
      disturbances: disturbancesOf(readings),
      known: happenings.record,
      failure: taken?.reason ?? null,
    });
  // Once the loads are known, nothing of it depends on the time of day.
  const delivered = past === null ? compare() : keepCompared(past, [cluster, plan, actions, happenings], compare);
  return { delivered, past };
}

/** The last result for the loads of a plan, and what else it was made from. */
const compared = new WeakMap<PlanPast, { from: readonly unknown[]; delivered: Delivered }>();

function keepCompared(past: PlanPast, from: readonly unknown[], compare: () => Delivered): Delivered {
  const known = compared.get(past);
  if (known !== undefined && from.every((part, at) => part === known.from[at])) return known.delivered;
  const delivered = compare();
  compared.set(past, { from, delivered });
  return delivered;
}

const kept = new WeakMap<Happenings, Disturbance[]>();

/** Computed once for each reading of plans, VMs and migrations. */
function disturbancesOf(readings: ReadingSet): Disturbance[] {
  const happenings = happeningsOf(readings);
  const changes = readings.inventory?.value?.changes ?? [];
  const known =
    kept.get(happenings) ??
    listDisturbances(need(readings, 'optimizer'), happenings, { cluster: clusterOf(readings), changes });
  kept.set(happenings, known);
  return known;
}

/** @param readings with inventory, load and optimizer */
export async function viewDeliveries(readings: ReadingSet): Promise<Deliveries> {
  need(readings, 'inventory');
  const ran = auditCasesOf(readings)
    .flatMap((auditCase) =>
      auditCase.plans
        .filter((plan) => mayHaveRun(plan, auditCase.actions[plan.id]))
        .map((plan) => ({ auditCase, plan })),
    )
    .sort((a, b) => b.plan.createdAt - a.plan.createdAt)
    .slice(0, 3 * MAX_PLANS);
  const found = await Promise.all(ran.map(({ auditCase, plan }) => describe(readings, auditCase, plan)));
  const rows = found.filter((row) => row !== null).slice(0, MAX_PLANS);
  const now = Date.now();
  return {
    plans: rows.map(({ row }) => row),
    strategies: meanByStrategy(rows.map(({ row }) => row)),
    rates: ratesByStrategy(auditCasesOf(readings), {
      since: now - RATED_MS,
      now,
      expiryMs: readings.settings.planExpiryMs,
      happened: (plan, actions) => happenedTo(readings, plan, actions),
      kept: new Map(rows.flatMap(({ row, kept }) => (kept === null ? [] : [[row.plan_id, kept]]))),
    }),
    readings: readingStates(readings),
  };
}

/** Older plans say little about the cluster of today. */
const RATED_MS = 30 * DAY_MS;

async function describe(
  readings: ReadingSet,
  { audit, actions: known }: AuditCase,
  plan: ActionPlan,
): Promise<{ row: Deliveries['plans'][number]; kept: number | null } | null> {
  const actions = known[plan.id] ?? (await takePlanDetail(readings, plan.id)).value?.actions ?? [];
  const delivered = await viewDelivered(readings, plan, { actions });
  if (delivered.state === 'nothing-ran') return null;
  const row = {
    audit_id: audit.id,
    audit_name: audit.name,
    plan_id: plan.id,
    strategy: plan.strategy,
    state: delivered.state,
    created_at: plan.createdAt,
    moves_done: delivered.moves_done,
    mean_error: delivered.mean_error,
    mean_change_error: delivered.mean_change_error,
  };
  return { row, kept: delivered.spread && keptPart(delivered.spread) };
}
