import type { Migration } from '@/lib/contract/v1/audits';
import type { EmptiedHosts, MoveProblem, PlanTotals, Projection, Shutdown } from '@/lib/contract/v1/projection';
import type { SceneStep } from '@/lib/contract/v1/scene';
import type { Scores } from '@/lib/contract/v1/verdicts';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { PastLoad } from '@/lib/readings/plan-load';
import type { Cluster } from '../cluster/cluster';
import { describeOwner } from '../cluster/projects';
import { isOpen } from '../plans/states';
import { type ByAction, idsOfSteps, listSteps } from '../plans/steps';
import { describeHosts, listEmptied, scoresAfter, scoresBefore } from './figures';
import { loadOfMove } from './impact';
import { countShutdowns, describeShutdown, withoutHistory as shutdownWithoutHistory } from './shutdowns';
import { type ProjectedVm, type Snapshot, takePastSnapshot, takeSnapshot } from './snapshot';
import { sumMoves } from './totals';
import { isApplied, type WalkedMove, type WalkedShutdown, walkPlan } from './walk';
import { openWorld, type World } from './world';

export type PlanLoad = {
  /** When the load of `cluster` was measured; null if nothing was. */
  measuredAt: number | null;
  /** Measured use now, by server id. */
  use: Record<string, ServerUse>;
  /** The load when a plan was made, by plan id; null if Prometheus does not reach back, absent if it was not read. */
  history: Record<string, PastLoad | null>;
  hostLabels: string[];
};

/** The shown plan of an audit: what it moves, and what that does to the hosts. */
export type PlanView = {
  migrations: Migration[];
  shutdowns: Shutdown[];
  projection: Projection;
  balance: { now: Scores; after: Scores };
  totals: PlanTotals;
  emptied: EmptiedHosts;
};

type PlanCase = {
  plan: ActionPlan | null;
  actions: Action[];
  cluster: Cluster;
  /** What became of the actions in Nova. */
  happened: ByAction;
};

/**
 * Applies a plan. One that may still run is applied to the load now; one that is over to the load when it was made, so that
 * what it promised is not mixed with what it did. If Prometheus does not reach back, the load now stands on both sides.
 */
export function projectPlan({ plan, actions, cluster, happened }: PlanCase, load: PlanLoad): PlanView {
  const steps = listSteps(actions, cluster.index, happened);
  const isPast = plan !== null && !isOpen(plan.state);
  const history = isPast ? load.history[plan.id] : undefined;
  const snapshot = history
    ? takePastSnapshot(cluster, { ...history, hostLabels: load.hostLabels }, steps)
    : takeSnapshot(cluster, load.use);
  const { world, moves: walked, shutdowns: ended } = applySteps(snapshot, steps, isPast ? 'plan-creation' : 'now');
  const isFrozen = isPast && !history;
  const after = isFrozen ? openWorld(snapshot.start, new Map()) : world;
  const moves = isFrozen ? walked.map(withoutHistory) : walked;
  const described = ended.map(describeShutdown);
  const shutdowns = isFrozen ? described.map(shutdownWithoutHistory) : described;
  return {
    migrations: moves.map((move) => describeMigration(move, world, cluster)),
    shutdowns,
    projection: {
      basis: history ? 'plan-creation' : 'now',
      as_of: history ? history.at : load.measuredAt,
      reason: isFrozen && moves.length + shutdowns.length > 0 ? missingHistory(history) : null,
      confidence: confidenceOf(
        [
          ...moves.filter(({ problem }) => problem !== 'load-unknown' && isApplied(problem)),
          ...ended.filter(({ problem }) => problem === null),
        ],
        world,
      ),
      hosts: describeHosts(after),
      coverage: coverageOf(moves),
    },
    balance: { now: scoresBefore(snapshot.start), after: scoresAfter(after) },
    totals: {
      ...sumMoves(
        moves.map(({ step, vm, problem }) => ({ ...step, vm, problem })),
        ({ vm }) => vm,
      ),
      shutdowns: countShutdowns(shutdowns),
    },
    emptied: listEmptied(after),
  };
}

type Applied = { world: World; moves: WalkedMove<ProjectedVm>[]; shutdowns: WalkedShutdown<ProjectedVm>[] };

/** A snapshot with steps applied, and each of its moves and shutdowns. */
export function applySteps({ start, describeVm }: Snapshot, steps: SceneStep[], basis: Projection['basis']): Applied {
  const vms = new Map<string, ProjectedVm>();
  for (const id of idsOfSteps(steps)) {
    const vm = describeVm(id);
    if (vm) vms.set(vm.id, vm);
  }
  const world = openWorld(start, vms);
  const shutdowns: Applied['shutdowns'] = [];
  const moves = walkPlan(world, steps, {
    basis,
    visit: (move) => move,
    visitShutdown: (shutdown) => shutdowns.push(shutdown),
  });
  return { world, moves, shutdowns };
}

function missingHistory(history: PastLoad | null | undefined): string {
  return history === null
    ? 'Prometheus has no measurements from when the plan was made; the load now is shown on both sides.'
    : 'The measurements from when the plan was made have not been read yet; the load now is shown on both sides.';
}

/** Whether a VM was there then is as unknown as the load. */
function withoutHistory(move: WalkedMove<ProjectedVm>): WalkedMove<ProjectedVm> {
  const kept: (MoveProblem | null)[] = ['skipped', 'failed', 'cancelled', 'never-started'];
  return kept.includes(move.problem) ? move : { ...move, problem: 'no-history' };
}

const nameOf = ({ step, vm }: WalkedMove<ProjectedVm>): string => vm?.name ?? step.vm_name ?? step.vm_id ?? '';

function describeMigration(move: WalkedMove<ProjectedVm>, world: World, cluster: Cluster): Migration {
  const { step, vm, problem } = move;
  return {
    action_id: step.action_id,
    state: step.state,
    status_message: step.status_message,
    happened: step.happened,
    wave: step.wave,
    vm_id: step.vm_id ?? '',
    vm_name: nameOf(move),
    ...describeOwner(cluster.projects, cluster.servers.get(step.vm_id ?? '')),
    migration_type: step.live ? 'live' : 'cold',
    source: step.source ?? '',
    destination: step.destination,
    flavor: vm?.flavor ?? null,
    vcpus: vm?.vcpus ?? null,
    ram: vm?.ram ?? null,
    cpu_cores: vm?.cores ?? null,
    cpu_basis: vm?.cores_basis ?? 'unknown',
    cpu_estimate: vm?.cores_estimate ?? null,
    ...loadOfMove(world, step, vm),
    projected: problem === null,
    problem,
  };
}

/** @param applied what is part of the projection */
function confidenceOf(applied: { vm: ProjectedVm | undefined }[], { start }: World): Projection['confidence'] {
  if ([...start.values()].every(({ cpuUsed }) => cpuUsed === null)) return 'allocation-only';
  if (applied.length === 0) return 'none';
  const isMeasured = ({ vm }: { vm: ProjectedVm | undefined }) =>
    vm?.cores_basis === 'measured' || vm?.cores_basis === 'stopped';
  return applied.every(isMeasured) ? 'measured' : 'estimated';
}

function coverageOf(moves: WalkedMove<ProjectedVm>[]): Projection['coverage'] {
  const leftOut = new Map<MoveProblem, string[]>();
  for (const move of moves) {
    if (move.problem === null) continue;
    const names = leftOut.get(move.problem) ?? [];
    names.push(nameOf(move));
    leftOut.set(move.problem, names);
  }
  const projected = moves.filter(({ problem }) => problem === null);
  const estimated = projected.filter(({ vm }) => vm?.cores_basis === 'estimated').length;
  const scaled = projected.filter(({ vm }) => vm?.cores_estimate === 'scaled-to-host').length;
  return {
    moves: moves.length,
    projected: projected.length,
    measured: projected.length - estimated,
    estimated,
    scaled,
    left_out: [...leftOut].map(([problem, names]) => ({ problem, count: names.length, names })),
    scheduler_chosen: leftOut.get('no-destination')?.length ?? 0,
  };
}
