import 'server-only';
import type { Drift } from '@/lib/contract/v1/outcome';
import { isStepAudit } from '@/lib/domain/plans/step-audits';
import { measureDrift } from '@/lib/domain/projection/drift';
import { setScene } from '@/lib/domain/projection/scene';
import { aimOf } from '@/lib/domain/review/trim-aim';
import { enoughMoves, loadsAfter, reviewWorking, weighPlan } from '@/lib/domain/review/weight';
import { isBeingMade, type RankedPlan, rankPlans, type Weighed } from '@/lib/domain/review/worth';
import { inSteps, yieldIfDue } from '@/lib/yield';
import { clusterOf, happenedTo, weightsOf } from '../collect/joined';
import { type ReadingSet, whyMissing } from '../collect/reading-set';
import { type Draining, listDraining, type PlanOfAudit, scenePartsOf } from './plan-scene';

/** What the plans that wait would bring now. */

export type WaitingPlans = {
  /** Best first. */
  ranked: RankedPlan[];
  /** Why nothing is known about what other waiting plans bring, by plan id. */
  unknown: Map<string, string>;
};

/** @param waiting plans that wait for a decision @param readings with all readings */
export async function weighWaiting(readings: ReadingSet, waiting: PlanOfAudit[], now: number): Promise<WaitingPlans> {
  const unknown = new Map<string, string>();
  const weighed: Parameters<typeof rankPlans>[0] = [];
  const draining = await listDraining(readings);
  for (const one of waiting) {
    const { auditCase, plan } = one;
    const why = whyUnknown(readings, one, now);
    if (why !== null) {
      unknown.set(plan.id, why);
      continue;
    }
    weighed.push({ audit: auditCase.audit, plan, ...(await weigh(readings, one, { draining, yieldIfDue })) });
    await yieldIfDue();
  }
  return { ranked: rankPlans(weighed, { now, expiryMs: readings.settings.planExpiryMs }), unknown };
}

function whyUnknown(readings: ReadingSet, { auditCase, plan }: PlanOfAudit, now: number): string | null {
  if (!readings.inventory?.value) return whyMissing(readings.inventory) ?? 'The hosts are unknown.';
  if (isBeingMade(plan, auditCase.audit, now)) return 'It is being made.';
  if (isStepAudit(auditCase.audit.name))
    return 'It is a step of a careful run, which has ended without it, or is paused. Cancel it if nobody needs it.';
  return auditCase.actions[plan.id] === undefined ? 'Its actions were not read.' : null;
}

/** In a large cloud each plan has peaks of its own: a list shows them once they are there. */
const PATIENCE_MS = 100;

type Tools = { draining: Draining[]; yieldIfDue: () => Promise<void> };

/** Once for each set of readings: each step takes some milliseconds, and several visitors ask for the same. */
async function weigh(readings: ReadingSet, one: PlanOfAudit, { draining, yieldIfDue }: Tools): Promise<Weighed> {
  const { auditCase, plan } = one;
  const { goal, parameters } = auditCase.audit;
  const actions = auditCase.actions[plan.id] ?? [];
  const use = readings.planLoad?.value?.use ?? {};
  const happened = happenedTo(readings, plan, actions);
  const parts = await scenePartsOf(readings, one, { actions, use, happened, draining, patienceMs: PATIENCE_MS });
  const kept = weightsOf(readings, parts.rules.value);
  // The peaks of many hosts arrive later than the rest.
  const key = `${plan.id} ${parts.peaks.value === null ? 'without' : 'with'} peaks`;
  const known = kept.get(key);
  if (known) return known;
  await yieldIfDue();
  const scene = setScene({ ...parts, onlyMoved: true });
  await yieldIfDue();
  const working = await inSteps(reviewWorking(scene));
  await yieldIfDue();
  const enough = enoughMoves(scene, working, aimOf(goal, parameters));
  await yieldIfDue();
  const loads = enough === null ? null : await inSteps(loadsAfter(scene, enough));
  await yieldIfDue();
  const drift = driftOf(readings, one);
  await yieldIfDue();
  const made = { weight: weighPlan(scene, working, enough), drift, enough: loads };
  kept.set(key, made);
  return made;
}

function driftOf(readings: ReadingSet, { plan }: PlanOfAudit): Drift | null {
  return measureDrift(plan, {
    cluster: clusterOf(readings),
    migrations: [],
    past: readings.planLoad?.value?.history[plan.id],
    hostLabels: readings.sources.load.settings.hostLabels,
    measuredAt: readings.load?.at ?? null,
    failure: whyMissing(readings.load),
    knowsHosts: Boolean(readings.inventory?.value),
  });
}
