import type { Delivered, DeliveredHost, Deliveries } from '@/lib/contract/v1/delivered';
import type { MoveStep } from '@/lib/contract/v1/scene';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { PlanPast, RunMoments } from '@/lib/readings/plan-past';
import { MINUTE_MS } from '@/lib/units';
import { measuredCpu } from '../cluster/capacity';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';
import { listMoves } from '../plans/steps';
import { cpuShare } from './figures';
import { applySteps } from './plan-projection';
import { takePastSnapshot } from './snapshot';
import { stateOf } from './world';

/** Watcher reports when a move ended, not when it started: assume this long before. */
const MOVE_MS = 5 * MINUTE_MS;
/** The first samples of a VM on its new host take this long. */
const SETTLE_MS = MINUTE_MS;

export type Context = {
  cluster: Cluster;
  hostLabels: string[];
  now: number;
  /** A host's CPU is the mean over this time. */
  windowMs: number;
  /** Moves of all plans. */
  passages: Passage[];
  failure: string | null;
};

/** An executed plan: the moves that were done, and when. */
export type Run = { plan: ActionPlan; moves: MoveStep[]; done: MoveStep[]; moments: RunMoments | null };

/** Finds the moves that a plan has done. Its CPU is measured a whole window after the last of them. */
export function runOf(
  plan: ActionPlan,
  actions: Action[],
  { cluster, windowMs }: Pick<Context, 'cluster' | 'windowMs'>,
): Run {
  const moves = listMoves(actions, cluster.index);
  const done = moves.filter(({ state }) => state === 'SUCCEEDED');
  const doneIds = new Set(done.map(({ action_id: id }) => id));
  const ends = actions.flatMap(({ id, updatedAt }) => (doneIds.has(id) && updatedAt !== null ? [updatedAt] : []));
  if (ends.length === 0) return { plan, moves, done, moments: null };
  return {
    plan,
    moves,
    done,
    moments: {
      made: plan.createdAt,
      before: Math.max(plan.createdAt, Math.min(...ends) - MOVE_MS),
      after: Math.max(...ends) + windowMs + SETTLE_MS,
    },
  };
}

/** A move of any plan that was done: its hosts, and when it ended. */
export type Passage = { planId: string; hosts: string[]; at: number };

export function listPassages(actions: Record<string, Action[]>, cluster: Cluster): Passage[] {
  return Object.entries(actions).flatMap(([planId, own]) => {
    const ends = new Map(own.map(({ id, updatedAt }) => [id, updatedAt]));
    return listMoves(own, cluster.index).flatMap(({ action_id: id, state, source, destination }) => {
      const at = ends.get(id) ?? null;
      const hosts = [source, destination].filter((host) => host !== null);
      return state === 'SUCCEEDED' && at !== null ? [{ planId, hosts, at }] : [];
    });
  });
}

/** CPU of each touched host as promised and as delivered. @param past null if it could not be read */
export function compareWithPromise(run: Run, past: PlanPast | null, context: Context): Delivered {
  const { plan, moves, done, moments } = run;
  const base: Delivered = {
    state: 'nothing-ran',
    reason: 'No move of this plan was done.',
    made_at: plan.createdAt,
    before_at: moments?.before ?? null,
    after_at: moments?.after ?? null,
    moves_done: done.length,
    moves_total: moves.length,
    hosts: [],
    mean_error: null,
    mean_change_error: null,
    worst: null,
  };
  if (!moments) return base;
  if (context.now < moments.after) {
    return {
      ...base,
      state: 'too-early',
      reason: 'The last move ended too recently to measure its effect.',
    };
  }
  if (past === null) return { ...base, state: 'no-history', reason: context.failure };
  const hosts = compareHosts(run, past, { ...context, disturbed: disturbedHosts(run, moments, context) });
  const measured = hosts.filter(({ error }) => error !== null);
  if (measured.length === 0) {
    return { ...base, state: 'no-history', hosts, reason: 'Prometheus has no measurements from these times.' };
  }
  const clean = measured.filter(({ disturbed }) => !disturbed);
  const known = clean.flatMap(({ host, error }) => (error === null ? [] : [{ host, error }]));
  if (known.length === 0) {
    const reason =
      'Other plans moved VMs to or from these hosts in the meantime, so the difference is not due to this plan.';
    return { ...base, state: 'disturbed', hosts, reason };
  }
  const worst = known.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
  return {
    ...base,
    state: 'measured',
    reason: null,
    hosts,
    mean_error: meanSize(known.map(({ error }) => error)),
    mean_change_error: meanSize(clean.flatMap(({ change_error: error }) => (error === null ? [] : [error]))),
    worst,
  };
}

/** Hosts that moves of other plans touched between the first and the last measurement. */
function disturbedHosts({ plan }: Run, moments: RunMoments, { passages, windowMs }: Context): Set<string> {
  const others = passages.filter(
    ({ planId, at }) => planId !== plan.id && at > moments.made - windowMs && at < moments.after,
  );
  return new Set(others.flatMap(({ hosts }) => hosts));
}

function compareHosts(
  { done }: Run,
  past: PlanPast,
  { cluster, hostLabels, disturbed }: Context & { disturbed: Set<string> },
): DeliveredHost[] {
  const made = takePastSnapshot(cluster, { targets: past.made, use: past.use, hostLabels }, done);
  const { world } = applySteps(made, done, 'plan-creation');
  const measured = (targets: NodeTarget[]) => {
    const { hosts } = mapTargets(targets, cluster.index, hostLabels);
    return (host: string) => cpuPercent({ cpu: measuredCpu(hosts.get(host)) });
  };
  const [before, after] = [measured(past.before), measured(past.after)];
  const touched = new Set(done.flatMap(({ source, destination }) => [source, destination]));
  return [...world.start.values()]
    .filter(({ host }) => touched.has(host.name))
    .map((start) => {
      const { name } = start.host;
      const row = {
        made: cpuShare(start),
        promised: cpuShare(stateOf(world, name) ?? start),
        before: before(name),
        after: after(name),
      };
      return {
        host: name,
        ...row,
        error: minus(row.after, row.promised),
        disturbed: disturbed.has(name),
        change_error: changeError(row),
      };
    });
}

const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);

function changeError(row: Pick<DeliveredHost, 'made' | 'promised' | 'before' | 'after'>): number | null {
  return minus(minus(row.after, row.before), minus(row.promised, row.made));
}

function meanSize(errors: number[]): number | null {
  return errors.length === 0 ? null : errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
}

/** The mean error of each strategy over its measured plans; strategies with the most plans first. */
export function meanByStrategy(plans: Deliveries['plans']): Deliveries['strategies'] {
  const groups = new Map<string | null, Deliveries['plans']>();
  for (const plan of plans) {
    if (plan.mean_error === null) continue;
    groups.set(plan.strategy, [...(groups.get(plan.strategy) ?? []), plan]);
  }
  return [...groups]
    .map(([strategy, own]) => ({
      strategy,
      plans: own.length,
      mean_error: meanSize(own.map(({ mean_error: error }) => error ?? 0)) ?? 0,
      mean_change_error: meanSize(own.flatMap(({ mean_change_error: error }) => (error === null ? [] : [error]))),
    }))
    .sort((a, b) => b.plans - a.plans || (a.strategy ?? '').localeCompare(b.strategy ?? ''));
}
