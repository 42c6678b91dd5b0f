import type { Delivered, DeliveredHost, Deliveries } from '@/lib/contract/v1/delivered';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { PlanPast, RunMoments } from '@/lib/readings/plan-past';
import { MINUTE_MS } from '@/lib/units';
import { measuredCpu, measuredRam, percent } from '../cluster/capacity';
import type { Cluster } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';
import { listMoves, type Move } from '../plans/moves';
import { projectMoves } from './projection';
import type { LoadedHost } from './server-demand';

/** A move ends at its action's last change; when it began, nobody tells. */
const MOVE_MS = 5 * MINUTE_MS;
/** Scrapes and counters of a VM that has just arrived need a moment. */
const SETTLE_MS = MINUTE_MS;

export type Context = {
  cluster: Cluster;
  hostLabels: string[];
  now: number;
  /** Over which time a host's CPU is the mean. */
  windowMs: number;
  /** Moves of all plans. */
  passages: Passage[];
  failure: string | null;
};

/** An executed plan: the moves that were carried out, and when. */
export type Run = { plan: ActionPlan; moves: Move[]; done: Move[]; moments: RunMoments | null };

/**
 * @param windowMs over which a host's CPU is the mean, so that all of it lies after the last move
 */
export function runOf(plan: ActionPlan, actions: Action[], cluster: Cluster, windowMs: number): Run {
  const moves = listMoves(actions, cluster.index);
  const done = moves.filter(({ state }) => state === 'SUCCEEDED');
  const doneIds = new Set(done.map(({ actionId }) => actionId));
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

/** A move of any plan that was carried out: which hosts, and when it ended. */
export type Passage = { planId: string; hosts: string[]; at: number };

export function listPassages(actions: Record<string, Action[]>, cluster: Cluster): Passage[] {
  return Object.entries(actions).flatMap(([planId, own]) => {
    const ends = new Map(own.map(({ id, updatedAt }) => [id, updatedAt]));
    return listMoves(own, cluster.index).flatMap(({ actionId, state, source, destination }) => {
      const at = ends.get(actionId) ?? null;
      const hosts = [source.host, destination?.host ?? null].filter((host) => host !== null);
      return state === 'SUCCEEDED' && at !== null ? [{ planId, hosts, at }] : [];
    });
  });
}

/** CPU of each touched host as it was promised and as it came. @param past null where it could not be read */
export function compareWithPromise(run: Run, past: PlanPast | null, context: Context): Delivered {
  const { plan, moves, done, moments } = run;
  const base: Delivered = {
    state: 'nothing-ran',
    reason: 'No move of this plan was carried out.',
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
      reason: 'The time after the last move is not long enough yet to be measured.',
    };
  }
  if (past === null) return { ...base, state: 'no-history', reason: context.failure };
  const hosts = compareHosts(done, past, disturbedHosts(run, moments, context), context);
  const measured = hosts.filter(({ error }) => error !== null);
  if (measured.length === 0) {
    return { ...base, state: 'no-history', hosts, reason: 'Prometheus does not reach back to these times.' };
  }
  const clean = measured.filter(({ disturbed }) => !disturbed);
  const known = clean.flatMap(({ host, error }) => (error === null ? [] : [{ host, error }]));
  if (known.length === 0) {
    const reason =
      'Moves of other plans came to these hosts or left them meanwhile, so the difference is not this plan’s.';
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

/** Hosts that other plans' moves touched between the first measurement's window and the last. */
function disturbedHosts({ plan }: Run, moments: RunMoments, { passages, windowMs }: Context): Set<string> {
  const meanwhile = passages.filter(
    ({ planId, at }) => planId !== plan.id && at > moments.made - windowMs && at < moments.after,
  );
  return new Set(meanwhile.flatMap(({ hosts }) => hosts));
}

function compareHosts(
  done: Move[],
  past: PlanPast,
  disturbed: Set<string>,
  { cluster, hostLabels }: Context,
): DeliveredHost[] {
  const loads = (targets: NodeTarget[]) => {
    const { hosts } = mapTargets(targets, cluster.index, hostLabels);
    return new Map(
      cluster.hosts.map(({ name }): [string, LoadedHost] => [
        name,
        { cpu: measuredCpu(hosts.get(name)), ram: measuredRam(hosts.get(name)) },
      ]),
    );
  };
  const [made, before, after] = [loads(past.made), loads(past.before), loads(past.after)];
  const { changes } = projectMoves({
    // Where a plan was made its VMs were on their sources, whatever has become of them.
    moves: done.map((move) => ({ ...move, state: 'PENDING' })),
    hosts: made,
    servers: cluster.servers,
    population: cluster.population,
    use: past.use,
    basis: 'plan-creation',
  });
  const share = (loaded: Map<string, LoadedHost>, host: string, extra = 0) => {
    const cpu = loaded.get(host)?.cpu;
    return !cpu || cpu.used === null || cpu.total === null ? null : percent(cpu.used + extra, cpu.total);
  };
  const touched = new Set(done.flatMap(({ source, destination }) => [source.host, destination?.host ?? null]));
  return cluster.hosts
    .filter(({ name }) => touched.has(name))
    .map(({ name }) => {
      const row = {
        made: share(made, name),
        promised: share(made, name, changes.get(name)?.cpu ?? 0),
        before: share(before, name),
        after: share(after, name),
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

/** The mean error of each strategy over its measured plans, each plan counted once; the best known strategy first. */
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
