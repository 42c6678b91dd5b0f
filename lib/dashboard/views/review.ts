import 'server-only';
import type { AuditPlans } from '@/lib/contract/v1/plans';
import type { HostServers, PlanReview, ReviewSummary } from '@/lib/contract/v1/review';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { needsStrategies } from '@/lib/domain/explain/audit';
import type { Circumstances } from '@/lib/domain/explain/circumstances';
import { describeOwner, describePlan, describePlans } from '@/lib/domain/explain/plan-entries';
import { isMigration } from '@/lib/domain/plans/actions';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { describeAction } from '@/lib/domain/plans/describe-action';
import { mayHaveRun } from '@/lib/domain/plans/runs';
import type { ByAction } from '@/lib/domain/plans/steps';
import { toWaves } from '@/lib/domain/plans/waves';
import { describeHostVms, setScene } from '@/lib/domain/projection/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import type { ReviewPage } from '@/lib/domain/review/review-page';
import { trimPlan } from '@/lib/domain/review/trim';
import { aimOf } from '@/lib/domain/review/trim-aim';
import {
  listIdleStays,
  type Parameters,
  readVariant,
  type Variant,
  VariantError,
  type VariantProblem,
} from '@/lib/domain/review/variant';
import type { ActionPlan } from '@/lib/openstack/records';
import { clusterOf, findCase, happenedTo, watcherRelease } from '../collect/joined';
import { need, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takeStrategies, takeWatcherHealth } from '../collect/review-readings';
import type { RegionId } from '../process/region';
import { viewDelivered } from './delivered';
import { type PlanOfAudit, placingOf, scenePartsOf, takeActions } from './plan-scene';
import { orNothing, type View } from './view';

/** The plans of an audit, and the review of one plan. */

/** A plan of an audit by its id; `newest` for its shown plan. */
export const findPlan = ({ plans, shown }: AuditCase, id: string): ActionPlan | null =>
  id === 'newest' ? shown : (plans.find((plan) => plan.id === id) ?? null);

/** @param readings with inventory and optimizer */
async function circumstancesOf(readings: ReadingSet, cases: AuditCase[], happened: ByAction): Promise<Circumstances> {
  const { audits, plans } = need(readings, 'optimizer');
  const [health, strategies] = await Promise.all([
    takeWatcherHealth(readings),
    cases.some(needsStrategies) ? takeStrategies(readings) : null,
  ]);
  const cluster = clusterOf(readings);
  return {
    now: Date.now(),
    release: watcherRelease(readings),
    expiryMs: readings.settings.planExpiryMs,
    audits,
    plans,
    services: health.value?.services ?? null,
    strategies: strategies?.value
      ? new Map(strategies.value.flatMap(({ name, state }) => (state.value ? [[name, state.value] as const] : [])))
      : null,
    isHost: readings.inventory?.value ? (name) => cluster.index.resolve(name) !== undefined : null,
    cluster,
    happened,
  };
}

/** @param readings with inventory and optimizer */
export async function viewAuditPlans(readings: ReadingSet, auditCase: AuditCase): Promise<AuditPlans> {
  const { plans, actions } = auditCase;
  const happened = new Map(plans.flatMap((plan) => [...happenedTo(readings, plan, actions[plan.id] ?? [])]));
  const circumstances = await circumstancesOf(readings, [auditCase], happened);
  return { ...describePlans(auditCase, circumstances), readings: readingStates(readings) };
}

/** The plan as it is. */
const NO_PARAMETERS: Parameters = { get: () => null };

/**
 * @param readings with all readings
 * @param parameters of the variant to review
 * @throws VariantError if a parameter means nothing for this plan
 */
export async function viewPlanReview(
  readings: ReadingSet,
  ofAudit: PlanOfAudit,
  parameters: Parameters = NO_PARAMETERS,
): Promise<PlanReview> {
  const { variant, page } = await openReview(readings, ofAudit, parameters);
  const { aim, scene, ...known } = page;
  const result = reviewPlan(scene, variant);
  refuseFirst(listIdleStays(variant, new Set(result.moves.map(({ key }) => key))));
  const whole = variant.off.size === 0 ? result : reviewPlan(scene, { ...variant, off: new Set() });
  return { ...known, scene, result, trim: trimPlan(scene, variant, { aim, whole }) };
}

async function openReview(
  readings: ReadingSet,
  { auditCase, plan }: PlanOfAudit,
  parameters: Parameters,
): Promise<{ variant: Variant; page: ReviewPage }> {
  need(readings, 'inventory');
  const { actions, use } = await takeActions(readings, { auditCase, plan });
  const happened = happenedTo(readings, plan, actions);
  const circumstances = await circumstancesOf(readings, [auditCase], happened);
  const cluster = clusterOf(readings);
  const moves = actions.filter(isMigration).length;
  const { variant, problems } = readVariant(parameters, {
    moves,
    others: actions.length - moves,
    isHost: (name) => cluster.byName.has(name),
  });
  refuseFirst(problems);
  const scene = setScene(
    await scenePartsOf(
      readings,
      { auditCase, plan },
      { actions, use, happened, named: [...variant.to.values()], drained: variant.empty },
    ),
  );
  const page: ReviewPage = {
    audit: describeOwner(auditCase),
    plan: describePlan({ auditCase, plan, actions }, circumstances),
    waves: toWaves(actions).map((wave) =>
      wave.map((action) => describeAction(action, { plan, cluster, happened: happened.get(action.id) ?? null })),
    ),
    made_at: circumstances.now,
    scene,
    aim: aimOf(auditCase.audit.goal, auditCase.audit.parameters),
    delivered: mayHaveRun(plan, actions) ? await viewDelivered(readings, plan, { actions }) : null,
    readings: readingStates(readings),
  };
  return { variant, page };
}

function refuseFirst([problem]: VariantProblem[]): void {
  if (problem) throw new VariantError(problem);
}

/** @param readings with all readings */
export async function viewReviewSummary(readings: ReadingSet, auditCase: AuditCase): Promise<ReviewSummary> {
  const { explanation } = await viewAuditPlans(readings, auditCase);
  const base = { explanation, plan_id: auditCase.shown?.id ?? null, readings: readingStates(readings) };
  if (!auditCase.shown) return { ...base, review: null };
  const { result } = await viewPlanReview(readings, { auditCase, plan: auditCase.shown });
  const { verdict, counts, totals, now, after } = result;
  return { ...base, review: { verdict, counts, totals, score_now: now.overall, score_after: after.overall } };
}

/** The VMs of a host in the form that a review needs. @param readings with all readings */
export async function viewHostServers(readings: ReadingSet, host: ClusterHost): Promise<HostServers> {
  const parts = await placingOf(readings, 'servers', { named: [] });
  const use = readings.planLoad?.value?.use ?? {};
  const all = { ...parts, actions: [], happened: new Map(), use, draining: new Map<string, string>(), excluded: [] };
  return { host: host.name, ...describeHostVms(all, host), readings: readingStates(readings) };
}

/** null if there is no such audit. */
export const readAuditPlans = (region: RegionId, id: string): Promise<View<AuditPlans> | null> =>
  orNothing(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const auditCase = findCase(readings, id);
    return auditCase ? viewAuditPlans(readings, auditCase) : null;
  });

/** null if there is no such audit or it has no such plan. */
export const readPlanReview = (region: RegionId, id: string, planId: string): Promise<View<ReviewPage> | null> =>
  orNothing(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const auditCase = findCase(readings, id);
    const plan = auditCase && findPlan(auditCase, planId);
    return plan ? (await openReview(readings, { auditCase, plan }, NO_PARAMETERS)).page : null;
  });
