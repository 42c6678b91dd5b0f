import 'server-only';
import type { Run, RunHeard } from '@/lib/contract/v1/run';
import { describeRun, runStartedAt } from '@/lib/domain/acts/run';
import type { Hearing, RunCase } from '@/lib/domain/acts/run-case';
import { promiseOf, resultOf } from '@/lib/domain/acts/run-hosts';
import { whyNoService } from '@/lib/domain/explain/circumstances';
import { isAbandoned } from '@/lib/domain/plans/abandoned';
import { listAffectedServers } from '@/lib/domain/plans/actions';
import { type Happenings, openHappenings } from '@/lib/domain/plans/happenings';
import { isOver, isRunning } from '@/lib/domain/plans/states';
import { listSteps } from '@/lib/domain/plans/steps';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { PastLoad } from '@/lib/readings/plan-load';
import type { PlanPast } from '@/lib/readings/plan-past';
import type { Heard, RunReading } from '@/lib/readings/run';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { auditCasesOf, clusterOf, findCase, happeningsOf, movesOf, watcherRelease } from '../collect/joined';
import { need, type ReadingSet, readingState, takeComplete } from '../collect/reading-set';
import { ALL_READINGS, READING_SOURCES } from '../collect/reading-values';
import { takeRunStart, takeWatcherHealth } from '../collect/review-readings';
import { readRunActs } from '../collect/run-acts';
import { type Followed, followRun } from '../collect/run-follower';
import { partOf } from '../collect/take-of';
import type { RegionId } from '../process/region';
import { readDelivered } from './delivered';
import type { PlanOfAudit } from './plan-scene';
import { findPlan } from './review';
import { orNothing, type View } from './view';

/** A plan while Watcher runs it, and what came of it. */

/** What is described once is good for all who ask until the next look. */
const KEPT_MS = 4 * SECOND_MS;
const described = new WeakMap<RunReading, { at: number; parts: unknown[]; run: Promise<Run> }>();

/** @param readings with all readings */
export async function viewRun(readings: ReadingSet, of: PlanOfAudit): Promise<Run> {
  need(readings, 'inventory');
  const followed = await followRun(readings, of.plan.id);
  const parts = ALL_READINGS.map((name) => readings[name]?.value ?? null);
  const known = described.get(followed.reading);
  const isSame = known?.parts.every((part, i) => part === parts[i]) && Date.now() - known.at < KEPT_MS;
  if (known && isSame) return known.run;
  const run = describe(readings, of, followed);
  described.set(followed.reading, { at: Date.now(), parts, run });
  return run;
}

async function describe(
  readings: ReadingSet,
  { auditCase, plan: listed }: PlanOfAudit,
  followed: Followed,
): Promise<Run> {
  const { reading, series } = followed;
  const plan = reading.plan.value ?? listed;
  const { value: actions } = reading.actions;
  const cluster = clusterOf(readings);
  const happenings = happeningsWith(readings, followed, plan);
  const run: RunCase = {
    plan,
    actions,
    happened: happenings.of(plan, actions).byAction,
    migrations: reading.migrations.value.migrations,
    series,
    cluster,
    listedAt: readings.inventory?.at ?? null,
    watcher: hearingOf(reading.plan, reading.actions),
    nova: hearingOf(reading.migrations),
    acts: await readRunActs(readings.region, plan, actions),
    now: Date.now(),
  };
  const startedAt = runStartedAt(run);
  const start = await startOf(readings, run, startedAt);
  const hostLabels = readings.sources.load.settings.hostLabels;
  const steps = listSteps(actions, cluster.index, run.happened);
  const use = readings.planLoad?.value?.use ?? {};
  const setting = { cluster, hostLabels };
  const promise = promiseOf(steps, start.past ? { past: start.past } : { past: null, use }, setting);
  const limits = readings.settings.limits.cpu;
  const ran = isOver(plan.state) && startedAt !== null ? await delivery(readings, run, happenings) : null;
  const tookMs = startedAt === null || plan.updatedAt === null ? null : plan.updatedAt - startedAt;
  const result = ran?.past
    ? resultOf(promiseOf(steps, { past: whenMade(ran.past) }, setting), ran.past, {
        ...setting,
        limits,
        spread: ran.delivered.spread,
        tookMs,
      })
    : null;
  return describeRun({
    audit: auditCase.audit,
    run,
    promise,
    startMissing: start.missing,
    limits,
    release: watcherRelease(readings),
    ahead: plansAhead(readings, plan, run.now),
    noApplier: plan.state === 'PENDING' ? await whyNoApplier(readings) : null,
    moved: movesOf(readings),
    delivered: ran?.delivered ?? null,
    result,
    load: readingState(readings.load, READING_SOURCES.load),
    heard: { watcher: describeHearing(run.watcher), nova: describeHearing(run.nova) },
  });
}

/**
 * What a run delivered. Nobody follows it until that can be measured, so that what all readings know of it counts as soon as
 * they have its end.
 */
function delivery(readings: ReadingSet, { plan, actions }: RunCase, followed: Happenings) {
  const listed = need(readings, 'optimizer').plans.find(({ id }) => id === plan.id);
  const happenings = listed?.state === plan.state ? happeningsOf(readings) : followed;
  return readDelivered(readings, { plan, actions, happenings });
}

const whenMade = ({ moments, made, use }: PlanPast): PastLoad => ({ at: moments.made, targets: made, use });

const joined = new WeakMap<RunReading, { parts: unknown[]; happenings: Happenings }>();

/** What became of the moves of all plans, with what was heard last about this one. Once for each look, however many ask. */
function happeningsWith(readings: ReadingSet, { reading }: Followed, plan: ActionPlan): Happenings {
  const { plans, actions } = need(readings, 'optimizer');
  const cluster = clusterOf(readings);
  const parts = [plans, actions, cluster];
  const known = joined.get(reading);
  if (known?.parts.every((part, i) => part === parts[i])) return known.happenings;
  const happenings = openHappenings({
    plans: plans.map((one) => (one.id === plan.id ? plan : one)),
    actions: { ...actions, [plan.id]: reading.actions.value },
    record: reading.migrations.value,
    cluster,
    knowsServers: readings.inventory?.value != null && readings.inventory.state !== 'partial',
  });
  joined.set(reading, { parts, happenings });
  return happenings;
}

/** A service was last heard when the part that is oldest was. */
function hearingOf(...parts: Heard<unknown>[]): Hearing {
  const times = parts.map(({ at }) => at);
  return {
    at: times.includes(null) ? null : Math.min(...times.map((at) => at ?? 0)),
    failure: parts.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

const describeHearing = ({ at, failure }: Hearing): RunHeard => ({ as_of: at, error: failure });

/** The load when the run began; `missing`: why it is not known. Both are null if it has not begun. */
async function startOf(
  readings: ReadingSet,
  { plan, actions }: RunCase,
  startedAt: number | null,
): Promise<{ past: PastLoad | null; missing: string | null }> {
  if (startedAt === null) return { past: null, missing: null };
  // A full minute, since what is known of the start gets more exact while the plan runs.
  const at = Math.floor(startedAt / MINUTE_MS) * MINUTE_MS;
  const taken = await takeRunStart(readings, { planId: plan.id, at, serverIds: listAffectedServers(actions) });
  const { value, reason } = partOf(taken);
  return { past: value, missing: reason ?? (value === null ? 'Prometheus has no measurements from the start.' : null) };
}

/** Names of the audits whose plans Watcher runs while this one waits. */
function plansAhead(readings: ReadingSet, { id, state }: ActionPlan, now: number): string[] {
  if (state !== 'PENDING') return [];
  const runs = (plan: ActionPlan, actions: Action[] | undefined) =>
    plan.id !== id && isRunning(plan.state) && !isAbandoned(plan, actions, now);
  return auditCasesOf(readings).flatMap(({ audit, plans, actions }) =>
    plans.some((plan) => runs(plan, actions[plan.id])) ? [audit.name] : [],
  );
}

const whyNoApplier = async (readings: ReadingSet): Promise<string | null> =>
  whyNoService((await takeWatcherHealth(readings)).value?.services ?? null, 'watcher-applier');

/** null if there is no such audit or it has no such plan. */
export const readRun = (region: RegionId, id: string, planId: string): Promise<View<Run> | null> =>
  orNothing(async () => {
    const readings = await takeComplete(region, ALL_READINGS);
    const auditCase = findCase(readings, id);
    const plan = auditCase && findPlan(auditCase, planId);
    return plan ? viewRun(readings, { auditCase, plan }) : null;
  });
