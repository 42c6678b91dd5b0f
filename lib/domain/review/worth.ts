import type { Drift } from '@/lib/contract/v1/outcome';
import type { PlanGroup, PlanTruth, PlanWorth } from '@/lib/contract/v1/plan-list';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import { isToEmptyHosts } from '../projection/outcome';
import type { HostLoad, Weight } from './weight';

/** What a plan that waits is worth, and which of several is worth most. */

/** `drift` is null if the loads can't be compared, `enough` if no fewer moves than all are enough. */
export type Weighed = { weight: Weight; drift: Drift | null; enough: Map<string, HostLoad> | null };

export type WaitingPlan = Weighed & { audit: Audit; plan: ActionPlan };

/** `now` in ms; `expiryMs`: how long Watcher lets a plan wait. */
type Clock = { now: number; expiryMs: number };

export type RankedPlan = WaitingPlan & { worth: PlanWorth };

/** Goals of audits that someone runs because of one host. */
const ASKED_GOALS = new Set(['cluster_maintaining', 'hardware_maintenance']);
/** The part of the spread from which lowering it is worth the moves. */
const WORTH_PART = 0.1;
/** The part of a plan's hosts from which their loads are no longer those it was made for. */
const DRIFTED_PART = 0.2;

/** The waiting plans, best first. */
export function rankPlans(waiting: WaitingPlan[], clock: Clock): RankedPlan[] {
  const judged = waiting.map((one) => ({ ...one, worth: judge(one, clock) }));
  const isHot = judged.some(({ weight }) => (weight.cpu.hot.now ?? 0) > 0);
  judged.sort((a, b) => compare(a, b, isHot));
  return judged.map((one, at) => ({
    ...one,
    worth: { ...one.worth, rank: at + 1, part_of: containing(one, judged.slice(0, at)) },
  }));
}

function judge({ audit, plan, weight, drift }: WaitingPlan, { now, expiryMs }: Clock): PlanWorth {
  const { verdict, counts, cpu, score, cooled, heated, disabled, moves, shutdowns, others } = weight;
  const emptied = isToEmptyHosts(audit.goal) ? weight.emptied : null;
  const askedFor = ASKED_GOALS.has(audit.goal);
  const truth = truthOf(weight, drift);
  const expired = now >= plan.createdAt + expiryMs;
  const stands = verdict !== 'would-fail' && !expired && !IS_LOST.has(truth.state) && moves + shutdowns + others > 0;
  const isWorthDoing =
    cooled.length > heated.length || lowersSpread(weight) || askedFor || (emptied !== null && emptied.count > 0);
  const group: PlanGroup = !stands ? 'not-as-it-stands' : isWorthDoing ? 'worth-doing' : 'little-to-gain';
  return {
    group,
    rank: 0,
    cpu,
    score,
    cooled,
    heated,
    emptied,
    disabled,
    asked_for: askedFor,
    moves,
    moves_estimated: weight.movesEstimated,
    enough: weight.enough,
    moves_planned: weight.movesPlanned,
    shutdowns,
    others,
    ram_to_copy: weight.ramToCopy,
    verdict,
    counts,
    truth,
    expired,
    part_of: null,
  };
}

const IS_LOST = new Set<PlanTruth['state']>(['vms-left', 'targets-lost']);

/** By how many points the spread falls; as shown, so that what looks equal is equal. */
function spreadRemoved({ cpu: { spread } }: Pick<Weight, 'cpu'>): number {
  return spread.now === null || spread.after === null ? 0 : Math.round(10 * (spread.now - spread.after)) / 10;
}

function lowersSpread(weight: Weight): boolean {
  const { now } = weight.cpu.spread;
  return now !== null && now > 0 && spreadRemoved(weight) > 0 && spreadRemoved(weight) / now >= WORTH_PART;
}

function truthOf({ vmsLeft, targetsLost, hosts }: Weight, drift: Drift | null): PlanTruth {
  const moved = drift?.moved?.filter(({ host }) => hosts.includes(host)).length ?? null;
  return {
    state: stateOfTruth({ vmsLeft, targetsLost, hosts, moved }),
    vms_left: vmsLeft,
    targets_lost: targetsLost,
    hosts: hosts.length,
    hosts_moved: moved,
    threshold: drift?.threshold ?? 0,
    reason: moved === null ? (drift?.reason ?? 'The loads are unknown.') : null,
  };
}

function stateOfTruth(
  given: Pick<Weight, 'vmsLeft' | 'targetsLost' | 'hosts'> & { moved: number | null },
): PlanTruth['state'] {
  const { vmsLeft, targetsLost, hosts, moved } = given;
  if (vmsLeft > 0) return 'vms-left';
  if (targetsLost.length > 0) return 'targets-lost';
  if (moved === null) return 'unknown';
  return moved > 0 && moved >= DRIFTED_PART * hosts.length ? 'drifted' : 'true';
}

const GROUPS: PlanGroup[] = ['worth-doing', 'little-to-gain', 'not-as-it-stands'];

type Judged = WaitingPlan & { worth: PlanWorth };

/**
 * Group, then hot hosts ended, spread removed, less to copy, newer. Without a hot host, what was asked for comes first. A plan
 * that takes running VMs out of service is behind those that only move some.
 */
function compare(a: Judged, b: Judged, isHot: boolean): number {
  return (
    GROUPS.indexOf(a.worth.group) - GROUPS.indexOf(b.worth.group) ||
    Number(a.weight.shutdowns > 0) - Number(b.weight.shutdowns > 0) ||
    (isHot ? 0 : Number(b.worth.asked_for) - Number(a.worth.asked_for)) ||
    ended(b) - ended(a) ||
    spreadRemoved(b.weight) - spreadRemoved(a.weight) ||
    (a.weight.ramToCopy ?? Number.MAX_VALUE) - (b.weight.ramToCopy ?? Number.MAX_VALUE) ||
    b.plan.createdAt - a.plan.createdAt ||
    (a.plan.id < b.plan.id ? -1 : 1)
  );
}

const ended = ({ worth }: Judged): number => worth.cooled.length - worth.heated.length;

/** The first of the better plans that moves the same VMs to the same hosts, and perhaps more. */
function containing({ weight }: Judged, better: Judged[]): PlanWorth['part_of'] {
  if (weight.ends.size === 0) return null;
  const found = better.find((other) => [...weight.ends].every((end) => other.weight.ends.has(end)));
  return found ? { audit_id: found.audit.id, audit_name: found.audit.name, plan_id: found.plan.id } : null;
}

/** The plan to recommend: the best that still holds; null if none does. */
export const chooseBest = (ranked: RankedPlan[]): RankedPlan | null =>
  ranked.find(({ worth }) => worth.group !== 'not-as-it-stands' && holds(worth)) ?? null;

/** That the loads of then are unknown says nothing against a plan; without those of now nobody knows what it would do. */
const holds = ({ truth, cpu }: PlanWorth): boolean =>
  truth.state === 'true' || (truth.state === 'unknown' && cpu.hosts > 0);

/** A planner writes the plan before its actions; that takes it seconds. */
const PLANNING_MS = MINUTE_MS;

/**
 * Whether Watcher may still be writing the actions of a plan. A continuous audit never leaves ONGOING, so its plans count as
 * complete once they are a minute old.
 */
export function isBeingMade(plan: ActionPlan, audit: Audit, now: number): boolean {
  if (audit.state !== 'ONGOING') return false;
  return audit.type !== 'CONTINUOUS' || now - plan.createdAt < PLANNING_MS;
}

/** When a waiting plan can no longer be started: at its age, or when its audit runs again and replaces it. */
export function expiryOf(plan: ActionPlan, audit: Audit, expiryMs: number): { at: number; by: 'age' | 'next-run' } {
  const old = plan.createdAt + expiryMs;
  const next = audit.type === 'CONTINUOUS' && audit.state === 'ONGOING' ? audit.nextRunAt : null;
  return next !== null && next > plan.createdAt && next < old ? { at: next, by: 'next-run' } : { at: old, by: 'age' };
}
