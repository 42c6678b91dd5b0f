import 'server-only';
import type { AuditPlans } from '@/lib/contract/v1/plans';
import type { Guests, PlanReview, ReviewSummary } from '@/lib/contract/v1/review';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { needsStrategies } from '@/lib/domain/explain/audit';
import type { Circumstances } from '@/lib/domain/explain/circumstances';
import { describeOwner, describePlan, describePlans } from '@/lib/domain/explain/plan-entries';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import { describeAction } from '@/lib/domain/plans/describe-action';
import { toWaves } from '@/lib/domain/plans/plan';
import { isMove, listSteps } from '@/lib/domain/plans/steps';
import { listGuests, type SceneParts, setScene } from '@/lib/domain/projection/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant, type Variant } from '@/lib/domain/review/variant';
import { readEnv } from '@/lib/env';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { auditCasesOf, clusterOf } from '../collect/joined';
import { describeReadings, type Moment, need, needValue, takeMoment, whyMissing } from '../collect/moment';
import { ALL_READINGS } from '../collect/readings';
import { takePeaks, takePlanDetail, takeRules, takeStrategies, takeWatcherHealth } from '../collect/review-readings';
import { partOf } from '../collect/take-of';
import { mayHaveRun, viewDelivered } from './delivered';
import { limitsOf } from './settings';
import { orNothing, type View } from './view';

/** What is shown and answered of plans one by one: all of an audit, and the review of one. */

export const findCase = (moment: Moment, idOrName: string): AuditCase | undefined =>
  auditCasesOf(moment).find(({ audit }) => audit.id === idOrName || audit.name === idOrName);

/** A plan of an audit by its id; `newest` is the one that stands for it. */
export const findPlan = ({ plans, shown }: AuditCase, id: string): ActionPlan | null =>
  id === 'newest' ? shown : (plans.find((plan) => plan.id === id) ?? null);

/** @param moment with inventory and optimizer */
async function circumstancesOf(moment: Moment, cases: AuditCase[]): Promise<Circumstances> {
  const { audits, plans } = need(moment, 'optimizer');
  const [health, strategies] = await Promise.all([
    takeWatcherHealth(moment),
    cases.some(needsStrategies) ? takeStrategies(moment) : null,
  ]);
  const { index } = clusterOf(moment);
  return {
    now: Date.now(),
    expiryMs: readEnv().WATCHER_PLAN_EXPIRY_HOURS * HOUR_MS,
    audits,
    plans,
    services: health.value?.services ?? null,
    strategies: strategies?.value
      ? new Map(strategies.value.flatMap(({ name, state }) => (state.value ? [[name, state.value] as const] : [])))
      : null,
    isHost: moment.inventory?.value ? (name) => index.resolve(name) !== undefined : null,
  };
}

/** @param moment with inventory and optimizer */
export async function viewAuditPlans(moment: Moment, auditCase: AuditCase): Promise<AuditPlans> {
  const circumstances = await circumstancesOf(moment, [auditCase]);
  return { ...describePlans(auditCase, circumstances), readings: describeReadings(moment) };
}

/** @param moment with all readings */
export async function viewPlanReview(
  moment: Moment,
  auditCase: AuditCase,
  plan: ActionPlan,
  readVariant: (moves: number) => Variant,
): Promise<PlanReview> {
  need(moment, 'inventory');
  const [detail, circumstances] = await Promise.all([
    takePlanDetail(moment, plan.id),
    circumstancesOf(moment, [auditCase]),
  ]);
  const { actions, use } = needValue(detail, 'watcher');
  const cluster = clusterOf(moment);
  const moves = listSteps(actions, cluster.index).filter(isMove);
  const variant = readVariant(moves.length);
  const named = moves.flatMap(({ destination }) => (destination === null ? [] : [destination]));
  const scene = setScene({
    ...(await partsOf(moment, plan.id, [...named, ...variant.to.values()])),
    actions,
    use: { ...moment.planLoad?.value?.use, ...use.value },
    draining: drainingHosts(moment, auditCase),
  });
  return {
    audit: describeOwner(auditCase),
    plan: describePlan(auditCase, plan, actions, circumstances),
    waves: toWaves(actions).map((wave) => wave.map((action) => describeAction(action, plan, cluster))),
    made_at: circumstances.now,
    scene,
    result: reviewPlan(scene, variant),
    delivered: mayHaveRun(plan) ? await viewDelivered(moment, plan, actions) : null,
    readings: describeReadings(moment),
  };
}

/** @param moment with all readings */
export async function viewReviewSummary(moment: Moment, auditCase: AuditCase): Promise<ReviewSummary> {
  const { explanation } = await viewAuditPlans(moment, auditCase);
  const base = { explanation, plan_id: auditCase.shown?.id ?? null, readings: describeReadings(moment) };
  if (!auditCase.shown) return { ...base, review: null };
  const { result } = await viewPlanReview(moment, auditCase, auditCase.shown, noVariant);
  const { verdict, counts, totals, now, after } = result;
  return { ...base, review: { verdict, counts, totals, score_now: now.overall, score_after: after.overall } };
}

/** VMs of one host as a review needs them. @param moment with all readings */
export async function viewGuests(moment: Moment, host: ClusterHost): Promise<Guests> {
  const parts = await partsOf(moment, 'guests', []);
  const all = { ...parts, actions: [], use: moment.planLoad?.value?.use ?? {}, draining: new Map<string, string>() };
  return { host: host.name, vms: listGuests(all, host), readings: describeReadings(moment) };
}

/** @param named hosts that a plan names, whose peak is wanted first of all */
async function partsOf(
  moment: Moment,
  planId: string,
  named: string[],
): Promise<Omit<SceneParts, 'actions' | 'use' | 'draining'>> {
  const [rules, peaks] = await Promise.all([takeRules(moment), takePeaks(moment, planId, named)]);
  return {
    cluster: clusterOf(moment),
    allocations: moment.allocations?.value ?? null,
    noAllocations: whyMissing(moment.allocations),
    rules: partOf(rules),
    peaks,
    limits: limitsOf(readEnv()),
  };
}

/** Hosts that the waiting plans of other audits would switch off for new VMs, and which audits those are. */
function drainingHosts(moment: Moment, own: AuditCase): Map<string, string> {
  const draining = new Map<string, string>();
  const { index } = clusterOf(moment);
  for (const other of auditCasesOf(moment)) {
    if (other.audit.id === own.audit.id || !other.shown) continue;
    if (!['RECOMMENDED', 'PENDING', 'ONGOING'].includes(other.shown.state)) continue;
    const waiting: Action[] = other.actions[other.shown.id] ?? [];
    for (const step of listSteps(waiting, index)) {
      if (step.kind !== 'service' || step.enable || !['PENDING', 'ONGOING'].includes(step.state)) continue;
      draining.set(step.host, `the plan of ${other.audit.name} is ${other.shown.state}`);
    }
  }
  return draining;
}

/** null if there is no such audit. */
export const readAuditPlans = (id: string): Promise<View<AuditPlans> | null> =>
  orNothing(async () => {
    const moment = await takeMoment(ALL_READINGS);
    const auditCase = findCase(moment, id);
    return auditCase ? viewAuditPlans(moment, auditCase) : null;
  });

/** null if there is no such audit or it has no such plan. */
export const readPlanReview = (id: string, planId: string): Promise<View<PlanReview> | null> =>
  orNothing(async () => {
    const moment = await takeMoment(ALL_READINGS);
    const auditCase = findCase(moment, id);
    const plan = auditCase && findPlan(auditCase, planId);
    return plan ? viewPlanReview(moment, auditCase, plan, noVariant) : null;
  });
