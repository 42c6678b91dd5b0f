import type { Migration, MoveProblem, ProjectedHost } from '@/lib/contract/v1/audits';
import type { Effect, LoadOutcome, Outcome } from '@/lib/contract/v1/outcome';
import type { ActionPlan } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import type { Limits } from '../cluster/levels';
import { isOpen } from '../plans/states';
import type { PlanView } from './plan-projection';
import { isRunning } from './server-demand';
import { meanOf, spreadOf } from './spread';

/** Goals whose plans are meant to leave hosts without VMs; for these the spread tells nothing. */
const EMPTYING_GOALS = new Set([
  'server_consolidation',
  'cluster_maintaining',
  'hardware_maintenance',
  'saving_energy',
]);

/** Moves with these problems still happen, or are what the plan meant to do. */
const STILL_MOVES = new Set<MoveProblem | null>([null, 'no-destination', 'load-unknown', 'no-history']);

/** Less than this is no change: figures are shown with one decimal. */
const SMALLEST_CHANGE = 0.05;

export type OutcomeContext = { goal: string; plan: ActionPlan | null; cluster: Cluster; limits: Limits };

/** What a plan changes, in numbers. Hosts without a measurement are in none of them. */
export function summarizeOutcome({ migrations, projection }: PlanView, context: OutcomeContext): Outcome {
  const { limits } = context;
  const applied = projection.reason === null;
  const moving = migrations.filter(({ problem }) => STILL_MOVES.has(problem));
  const places = moving.flatMap(({ source, destination }) => [source, destination]);
  return {
    cpu: summarizeLoad(pairs(projection.hosts, 'cpu_current', 'cpu_projected'), limits.cpu, applied),
    ram: summarizeLoad(pairs(projection.hosts, 'ram_current', 'ram_projected'), limits.ram, applied),
    emptied: countEmptied(moving, context),
    moves: migrations.length,
    moves_left: moving.length,
    hosts_touched: new Set(places.filter((place) => place !== null && place !== '')).size,
    ram_to_copy: sumRam(moving),
    reason: projection.reason,
  };
}

/** What a line about the audit says of its plan; null where nothing is known of after it. */
export function effectOf({ cpu, emptied, moves }: Outcome): Effect | null {
  const { now, after } = cpu.spread;
  const change = moves === 0 || now === null || after === null ? null : after - now;
  const count = emptied?.count ?? null;
  return change === null && count === null ? null : { spread_change: change, hosts_emptied: count };
}

type Pair = { host: string; now: number; after: number };

function pairs(hosts: ProjectedHost[], now: keyof ProjectedHost, after: keyof ProjectedHost): Pair[] {
  return hosts.flatMap((host) => {
    const [before, then] = [host[now], host[after]];
    return typeof before === 'number' && typeof then === 'number'
      ? [{ host: host.host, now: before, after: then }]
      : [];
  });
}

function summarizeLoad(hosts: Pair[], limits: { warm: number; hot: number }, applied: boolean): LoadOutcome {
  const now = hosts.map((host) => host.now);
  const after = applied ? hosts.map((host) => host.after) : [];
  const hottest = (of: 'now' | 'after') => {
    const [first, ...rest] = of === 'after' && !applied ? [] : hosts;
    if (!first) return null;
    const top = rest.reduce((a, b) => (b[of] > a[of] ? b : a), first);
    return { host: top.host, load: top[of] };
  };
  const known = (values: number[], count: (values: number[]) => number) => (values.length === 0 ? null : count(values));
  const both = (count: (values: number[]) => number) => ({ now: known(now, count), after: known(after, count) });
  return {
    hosts: hosts.length,
    changed: known(after, () => hosts.filter((host) => Math.abs(host.after - host.now) >= SMALLEST_CHANGE).length),
    warm_from: limits.warm,
    hot_from: limits.hot,
    mean: { now: meanOf(now), after: meanOf(after) },
    spread: { now: spreadOf(now), after: spreadOf(after) },
    hottest: { now: hottest('now'), after: hottest('after') },
    hot: both((values) => values.filter((load) => load >= limits.hot).length),
    warm: both((values) => values.filter((load) => load >= limits.warm && load < limits.hot).length),
  };
}

/**
 * Hosts on which VMs run now and none after the plan: what Watcher calls released. VMs that don't run may stay. Where VMs
 * were when a plan that is over was made is not known, so for that one Watcher's own figure stands.
 */
function countEmptied(moving: Migration[], { goal, plan, cluster }: OutcomeContext): Outcome['emptied'] {
  if (!EMPTYING_GOALS.has(goal)) return null;
  if (plan !== null && !isOpen(plan.state)) {
    const told = plan.efficacy.find(({ name }) => name === 'released_compute_nodes_count')?.value ?? null;
    return { count: told, hosts: [], vms_left: null, by: told === null ? null : 'watcher' };
  }
  // Running and others, that join (positive) or leave each host.
  const changes = new Map<string, [number, number]>();
  const add = (host: string | null, isRunningVm: boolean, count: number) => {
    if (host === null) return;
    const change = changes.get(host) ?? [0, 0];
    change[isRunningVm ? 0 : 1] += count;
    changes.set(host, change);
  };
  for (const { server_id: id, source, destination } of moving) {
    const server = cluster.servers.get(id);
    const runs = server === undefined || isRunning(server);
    add(source, runs, -1);
    add(destination, runs, +1);
  }
  const emptied = cluster.hosts.flatMap(({ name, servers }) => {
    const [running = 0, others = 0] = changes.get(name) ?? [];
    if (running >= 0) return [];
    const now = servers.filter(isRunning).length;
    return now + running === 0 ? [{ name, left: servers.length - now + others }] : [];
  });
  return {
    count: emptied.length,
    hosts: emptied.map(({ name }) => name),
    vms_left: emptied.reduce((sum, { left }) => sum + left, 0),
    by: 'projection',
  };
}

/** A cold migration copies disks, not RAM. */
function sumRam(moving: Migration[]): number | null {
  let sum = 0;
  for (const { migration_type: type, ram } of moving) {
    if (type !== 'live') continue;
    if (ram === null) return null;
    sum += ram;
  }
  return sum;
}
