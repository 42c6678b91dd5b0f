import 'server-only';
import type { ListedPlan, PlanGroup } from '@/lib/contract/v1/plan-list';
import { resultOfPlan } from '@/lib/domain/explain/plan-result';
import { isMigration } from '@/lib/domain/plans/actions';
import { progressOf } from '@/lib/domain/plans/list-parts';
import { planStateMeaning } from '@/lib/domain/plans/meanings';
import { keptPart } from '@/lib/domain/projection/delivered';
import { isToEmptyHosts } from '@/lib/domain/projection/outcome';
import { chooseBest, expiryOf, type RankedPlan } from '@/lib/domain/review/worth';
import { SECOND_MS } from '@/lib/units';
import { happenedTo, watcherRelease } from '../collect/joined';
import type { ReadingSet } from '../collect/reading-set';
import { ALL_READINGS } from '../collect/reading-values';
import { takePlanDetail } from '../collect/review-readings';
import { NO_STARTS, type Starts } from '../collect/starts';
import { partOf } from '../collect/take-of';
import { viewDelivered } from './delivered';
import { keepMade } from './kept-view';
import { type Entry, listEntries, strategyIn } from './plan-entries';
import { describeBegin } from './plan-start';
import { weighWaiting } from './plan-worth';

/** All plans with where they stand, for lists and headlines. */

export type Survey = {
  entries: Entry[];
  /** Waiting plans by id. */
  ranks: ReadonlyMap<string, RankedPlan>;
  /** Why nothing is known about what other waiting plans bring, by plan id. */
  unknown: ReadonlyMap<string, string>;
  /** The plan to recommend. */
  best: Entry | null;
  groups: Record<PlanGroup, number>;
};

/** @param readings with all readings @throws SourceError of Watcher if nothing is known about audits */
export async function surveyPlans(readings: ReadingSet): Promise<Survey> {
  const entries = listEntries(readings);
  const waiting = entries.filter(({ part }) => part === 'waiting');
  const { ranked, unknown } = await weighWaiting(readings, waiting, Date.now());
  const best = chooseBest(ranked)?.plan;
  const count = (group: PlanGroup) => ranked.filter(({ worth }) => worth.group === group).length;
  return {
    entries,
    ranks: new Map(ranked.map((one) => [one.plan.id, one])),
    unknown,
    best: waiting.find(({ plan }) => plan === best) ?? null,
    groups: {
      'worth-doing': count('worth-doing'),
      'little-to-gain': count('little-to-gain'),
      'not-as-it-stands': count('not-as-it-stands'),
    },
  };
}

/** Plans expire, and are no longer being made, by the clock. */
const SURVEYED_MS = 5 * SECOND_MS;

/** The same for pages, whose parts ask for it one after another. @throws as above */
export const keptSurvey = (readings: ReadingSet): Promise<Survey> =>
  keepMade({ name: 'survey', readings, names: ALL_READINGS, forMs: SURVEYED_MS }, () => surveyPlans(readings));

/**
 * @param starts what the journal says about its start; it is not asked about plans that wait
 * @param isMeasured whether it may take requests to find out what a plan that is over delivered
 */
export async function describeRow(
  readings: ReadingSet,
  { ranks, unknown }: Pick<Survey, 'ranks' | 'unknown'>,
  { entry, starts = NO_STARTS, isMeasured = false }: { entry: Entry; starts?: Starts; isMeasured?: boolean },
): Promise<ListedPlan> {
  const { auditCase, plan, actions, part } = entry;
  const { audit } = auditCase;
  const expiry = part === 'waiting' ? expiryOf(plan, audit, readings.settings.planExpiryMs) : null;
  const isOver = part === 'done' || part === 'unchanged';
  return {
    audit_id: audit.id,
    audit_name: audit.name,
    audit_type: audit.type,
    interval: audit.interval,
    next_run_at: audit.nextRunAt,
    goal: audit.goal,
    strategy: strategyIn(entry),
    plan_id: plan.id,
    plan_state: plan.state,
    state_meaning: planStateMeaning(plan, actions ?? null, watcherRelease(readings)),
    part,
    created_at: plan.createdAt,
    updated_at: plan.updatedAt,
    expires_at: expiry?.at ?? null,
    expires_by: expiry?.by ?? null,
    worth: ranks.get(plan.id)?.worth ?? null,
    worth_reason: unknown.get(plan.id) ?? null,
    ...describeBegin(readings, entry, starts),
    progress: part === 'running' && actions ? progressOf(plan, actions, happenedTo(readings, plan, actions)) : null,
    result: isOver ? await describeResult(readings, entry, isMeasured) : null,
  };
}

/** A list shows what plans delivered once that is read: Prometheus is asked twice about each. */
const PATIENCE_MS = 300;

async function describeResult(
  readings: ReadingSet,
  { auditCase, plan, part, actions: known }: Entry,
  isMeasured: boolean,
): Promise<NonNullable<ListedPlan['result']>> {
  const actions = known ?? (isMeasured ? partOf(await takePlanDetail(readings, plan.id)).value?.actions : undefined);
  const happened = happenedTo(readings, plan, actions ?? []);
  const base = {
    outcome: resultOfPlan(plan, actions ?? null, happened),
    moves: actions?.filter(isMigration).length ?? null,
    moved: null,
    measured: null,
    reason: null,
    spread: null,
    kept: null,
  };
  if (part === 'unchanged' || !readings.inventory?.value) return base;
  if (!actions || !isMeasured) return { ...base, reason: 'Only the newest plans of a page are measured.' };
  const {
    state,
    reason,
    spread,
    moves_done: moved,
  } = await viewDelivered(readings, plan, {
    actions,
    patienceMs: PATIENCE_MS,
  });
  const result = { ...base, moved, measured: state, reason, spread };
  if (state !== 'measured') return result;
  if (isToEmptyHosts(auditCase.audit.goal))
    return { ...result, reason: 'Its goal is to empty hosts, about which the spread says nothing.' };
  const kept = spread && keptPart(spread);
  return { ...result, kept, reason: kept === null ? 'It promised hardly any fall of the spread.' : reason };
}
