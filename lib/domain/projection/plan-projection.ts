import type { Migration, MoveProblem, ProjectedHost, Projection } from '@/lib/contract/v1/audits';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { PastLoad } from '@/lib/readings/plan-load';
import { type Allocation, type Measured, measuredCpu, measuredRam, percent } from '../cluster/capacity';
import type { Cluster, ClusterHost } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';
import { listMoves, placeName } from '../plans/moves';
import { isOpen } from '../plans/states';
import { impactOf, pointsOf } from './impact';
import { type HostProjection, type MoveOutcome, projectMoves } from './projection';
import type { LoadedHost } from './server-demand';

export type PlanLoad = {
  /** When `cluster` was measured; null where nothing was. */
  measuredAt: number | null;
  /** Measured use now, by server id. */
  use: Record<string, ServerUse>;
  /** The moment a plan was made, by plan id; null where Prometheus does not reach back, absent where it was not asked. */
  history: Record<string, PastLoad | null>;
  hostLabels: string[];
};

export type PlanView = { migrations: Migration[]; projection: Projection };

/**
 * What a plan moves and what it would do to every compute host. A plan that may still run is applied to the load now;
 * one that was executed or lapsed to the load at its creation, so that what it promised is not mixed with what it did.
 * Where history does not reach, the load now stands on both sides.
 */
export function projectPlan(plan: ActionPlan | null, actions: Action[], cluster: Cluster, load: PlanLoad): PlanView {
  const past = plan !== null && !isOpen(plan.state);
  const history = past ? load.history[plan.id] : undefined;
  const hosts = history ? pastHosts(cluster, history, load.hostLabels) : presentHosts(cluster);
  const { changes, outcomes } = projectMoves({
    moves: listMoves(actions, cluster.index),
    hosts,
    servers: cluster.servers,
    population: cluster.population,
    use: history ? history.use : load.use,
    basis: past ? 'plan-creation' : 'now',
  });
  const frozen = past && !history;
  const shown = frozen ? outcomes.map(withoutHistory) : outcomes;
  return {
    migrations: shown.map((outcome) => describeMigration(outcome, hosts)),
    projection: {
      basis: history ? 'plan-creation' : 'now',
      as_of: history ? history.at : load.measuredAt,
      reason: frozen && outcomes.length > 0 ? missingHistory(history) : null,
      confidence: confidenceOf(shown, hosts),
      hosts: cluster.hosts.map((host) =>
        projectHost(host, hosts.get(host.name), frozen ? undefined : changes.get(host.name), !past),
      ),
      coverage: coverageOf(shown),
    },
  };
}

function missingHistory(history: PastLoad | null | undefined): string {
  return history === null
    ? 'Prometheus has no measurements of the time the plan was made; the load now stands on both sides.'
    : 'The measurements of the time the plan was made are not read yet; the load now stands on both sides.';
}

function presentHosts(cluster: Cluster): Map<string, LoadedHost> {
  return new Map(cluster.hosts.map((host) => [host.name, host]));
}

function pastHosts(cluster: Cluster, past: PastLoad, hostLabels: string[]): Map<string, LoadedHost> {
  const { hosts } = mapTargets(past.targets, cluster.index, hostLabels);
  return new Map(
    cluster.hosts.map(({ name }) => {
      const target = hosts.get(name);
      return [name, { cpu: measuredCpu(target), ram: measuredRam(target) }];
    }),
  );
}

function withoutHistory(outcome: MoveOutcome): MoveOutcome {
  const kept: (MoveProblem | null)[] = ['skipped', 'failed', 'cancelled'];
  return kept.includes(outcome.problem) ? outcome : { ...outcome, problem: 'no-history' };
}

function describeMigration({ move, server, demand, problem }: MoveOutcome, hosts: Map<string, LoadedHost>): Migration {
  const cpusOf = (host: string | null | undefined) => (host ? (hosts.get(host)?.cpu.total ?? null) : null);
  const sourcePoints = pointsOf(demand.cores, cpusOf(move.source.host));
  const destinationPoints = pointsOf(demand.cores, cpusOf(move.destination?.host));
  return {
    action_id: move.actionId,
    state: move.state,
    wave: move.wave,
    server_id: move.serverId,
    instance_name: server?.name ?? move.serverName ?? move.serverId,
    migration_type: move.type,
    source: placeName(move.source),
    destination: move.destination === null ? null : placeName(move.destination),
    flavor: server?.flavor?.name ?? null,
    vcpus: server?.flavor?.vcpus ?? null,
    ram: server?.flavor?.ramBytes ?? null,
    cpu_cores: demand.cores,
    cpu_basis: demand.basis,
    source_points: sourcePoints,
    destination_points: destinationPoints,
    impact: impactOf(sourcePoints, destinationPoints),
    projected: problem === null,
    problem,
  };
}

function projectHost(
  host: ClusterHost,
  load: LoadedHost | undefined,
  change: HostProjection | undefined,
  withAllocations: boolean,
): ProjectedHost {
  const share = (measured: Measured | undefined, extra: number) =>
    !measured || measured.used === null || measured.total === null
      ? null
      : percent(measured.used + extra, measured.total);
  const allocated = (allocation: Allocation | null, extra: number) =>
    !withAllocations || allocation === null ? null : allocation.used + extra;
  return {
    host: host.name,
    logical_cpus: load?.cpu.total ?? null,
    cpu_current: share(load?.cpu, 0),
    cpu_projected: share(load?.cpu, change?.cpu ?? 0),
    ram_current: share(load?.ram, 0),
    ram_projected: share(load?.ram, change?.ram ?? 0),
    vcpu_allocated: allocated(host.vcpu, 0),
    vcpu_projected: allocated(host.vcpu, change?.vcpu ?? 0),
    vram_allocated: allocated(host.vram, 0),
    vram_projected: allocated(host.vram, change?.vram ?? 0),
  };
}

function confidenceOf(outcomes: MoveOutcome[], hosts: Map<string, LoadedHost>): Projection['confidence'] {
  if ([...hosts.values()].every(({ cpu }) => cpu.used === null)) return 'allocation-only';
  const moved = outcomes.filter(({ problem }) => problem === null || problem === 'no-destination');
  if (moved.length === 0) return 'none';
  return moved.every(({ demand }) => demand.basis === 'measured' || demand.basis === 'stopped')
    ? 'measured'
    : 'estimated';
}

function coverageOf(outcomes: MoveOutcome[]): Projection['coverage'] {
  const leftOut = new Map<MoveProblem, string[]>();
  for (const { problem, move, server } of outcomes) {
    if (problem === null) continue;
    const names = leftOut.get(problem) ?? [];
    names.push(server?.name ?? move.serverName ?? move.serverId);
    leftOut.set(problem, names);
  }
  const projected = outcomes.filter(({ problem }) => problem === null);
  return {
    moves: outcomes.length,
    projected: projected.length,
    measured: projected.filter(({ demand }) => demand.basis !== 'estimated').length,
    estimated: projected.filter(({ demand }) => demand.basis === 'estimated').length,
    left_out: [...leftOut].map(([problem, names]) => ({ problem, count: names.length, names })),
    scheduler_chosen: outcomes.filter(({ problem }) => problem === 'no-destination').length,
  };
}
