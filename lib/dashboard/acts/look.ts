import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { Caution } from '@/lib/contract/v1/explanations';
import type { PlanFacts, Rival } from '@/lib/domain/acts/facts';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { isRunning } from '@/lib/domain/plans/states';
import { listMoves } from '@/lib/domain/plans/steps';
import { publicMessage } from '@/lib/errors';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { listActions } from '@/lib/openstack/watcher';
import { listWatcherServices } from '@/lib/openstack/watcher-health';
import { asPart } from '@/lib/readings/placing-rules';
import { SECOND_MS } from '@/lib/units';
import { auditCasesOf, clusterOf, findCase, watcherRelease } from '../collect/joined';
import { type ReadingSet, takeReadings, whyMissing } from '../collect/reading-set';
import { ALL_READINGS, type ReadingName } from '../collect/reading-values';
import { cachedReading } from '../collect/readings';
import type { RegionId } from '../process/region';
import { findPlan, viewPlanReview } from '../views/review';

/** A plan, looked at just now. */
export type PlanLook = { facts: PlanFacts; cautions: Caution[]; auditName: string; readings: ReadingSet };

/** What would be left out, as in a variant. */
export type Leaving = { off?: string; anyway?: string; skip?: string };

/** Which plan, by the ids of the address. */
export type PlanWanted = {
  audit: string;
  plan: string;
  leaving?: Leaving;
  /** The cloud is read again unless it was after this time; ms, default now. */
  since?: number;
};

/** What a check must not know from before: where VMs are, what hosts and plans are like. */
export const READ_ANEW: ReadingName[] = ['inventory', 'optimizer', 'allocations'];
/** A cloud of 50,000 VMs that has to be read whole takes as long. */
const PATIENCE_MS = 20 * SECOND_MS;
const AGAIN_MS = 50;

/**
 * Reads the cloud again and looks at a plan: null if it is gone.
 *
 * @throws SourceError if nothing is known about plans, VMs or hosts
 * @throws VariantError if what is left out means nothing for this plan
 */
export async function lookAtPlan(
  region: RegionId,
  { audit, plan: wanted, leaving = {}, since = Date.now() }: PlanWanted,
): Promise<PlanLook | null> {
  const problems = await Promise.all(READ_ANEW.map((name) => readAnew(region, name, since)));
  const readings = await takeReadings(region, ALL_READINGS);
  const known = findCase(readings, audit);
  const plan = known && findPlan(known, wanted);
  if (!known || !plan) return null;
  const planId = plan.id;
  const { session } = readings.sources;
  const [read, services] = await Promise.all([
    asPart(listActions(session, { planId })),
    listWatcherServices(session).catch(() => null),
  ]);
  const actions = read.value ?? known.actions[planId] ?? [];
  if (!isSame(actions, known.actions[planId] ?? [])) readings.sources.optimizer.doubt(planId);
  // The plan is looked at with the actions as they are now.
  const auditCase = { ...known, shown: plan, actions: { ...known.actions, [planId]: actions } };
  const review = await viewPlanReview(
    readings,
    { auditCase, plan },
    { get: (name) => (name === 'off' || name === 'anyway' || name === 'skip' ? (leaving[name] ?? null) : null) },
  );
  const facts: PlanFacts = {
    now: Date.now(),
    plan,
    actions,
    audit: known.audit,
    siblings: known.plans,
    rivals: rivalsOf(readings, plan, actions),
    services,
    release: watcherRelease(readings),
    expiryMs: readings.settings.planExpiryMs,
    unreadable:
      [...problems, read.reason, whyMissing(readings.inventory), whyNoMarks(readings)].find(
        (problem) => problem !== null,
      ) ?? null,
    moves: review.result.moves,
    shutdowns: review.result.shutdowns,
    ramToCopy: review.result.totals.ram_to_copy,
    leftOut: review.result.left_out,
  };
  return { facts, cautions: review.plan.cautions, auditName: known.audit.name, readings };
}

/** A VM may have been marked since the tags were read. */
export function whyNoMarks({ inventory }: ReadingSet): string | null {
  const problem = inventory?.value?.tagsProblem ?? null;
  return problem === null ? null : `Nobody knows which VMs must not move: ${problem}`;
}

/** Whether the reading of everything has these actions, too: somebody may have skipped one. */
const isSame = (actions: Action[], known: Action[]): boolean => {
  const states = new Map(known.map(({ id, state }) => [id, state]));
  return actions.length === known.length && actions.every(({ id, state }) => states.get(id) === state);
};

/** Why a reading could not be taken again, a sentence; null if it could. */
export async function readAnew(region: RegionId, name: ReadingName, since: number): Promise<string | null> {
  const cached = await cachedReading(region, name);
  // A person waits: not until a pause after a failure is over.
  await cached.retry();
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const { at, failure } = await cached.get({ notBefore: since, insist: true });
    if (at !== null && at >= since) return null;
    if (failure) return publicMessage(failure.error);
    await setTimeout(AGAIN_MS);
  }
  return 'The cloud could not be read again in time.';
}

function rivalsOf(readings: ReadingSet, plan: ActionPlan, actions: Action[]): Rival[] {
  const { index } = clusterOf(readings);
  const hostsOf = (list: Action[]) =>
    new Set(listMoves(list, index).flatMap(({ source, destination }) => [source ?? [], destination ?? []].flat()));
  const own = hostsOf(actions);
  const rivals = auditCasesOf(readings).flatMap(({ audit, plans, actions: known }) =>
    plans
      .filter((one) => one.id !== plan.id && (isRunning(one.state) || one.state === 'PENDING'))
      .filter((one) => !isAbandoned(one, known[one.id], Date.now()))
      .map(({ id, state }): Rival => {
        const list = known[id];
        return {
          planId: id,
          name: audit.name,
          state,
          done: list ? list.filter(({ state: of }) => !['PENDING', 'ONGOING'].includes(of)).length : null,
          of: list?.length ?? null,
          shared: list ? [...hostsOf(list)].filter((host) => own.has(host)).sort() : [],
        };
      }),
  );
  // The one that runs is what the others wait for, too.
  return [...rivals.filter(({ state }) => state !== 'PENDING'), ...rivals.filter(({ state }) => state === 'PENDING')];
}
