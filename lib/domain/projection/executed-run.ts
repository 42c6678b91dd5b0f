import type { MoveStep } from '@/lib/contract/v1/scene';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { RunMoments } from '@/lib/readings/plan-past';
import { MINUTE_MS } from '@/lib/units';
import type { Cluster } from '../cluster/cluster';
import { readAction } from '../plans/actions';
import type { PlanHappenings } from '../plans/happenings';
import { isDone, listMoves } from '../plans/steps';

/** Where Nova does not report when a move began, assume this long before its end. */
const MOVE_MS = 5 * MINUTE_MS;
/** The first samples of a VM on its new host take this long. */
const SETTLE_MS = MINUTE_MS;

/** An executed plan: the moves that were done, whoever says so, and when. */
export type Run = {
  plan: ActionPlan;
  moves: MoveStep[];
  done: MoveStep[];
  /** Moves that Nova is still running. */
  running: number;
  /** Ids of all VMs that the plan acts on. */
  vms: ReadonlySet<string>;
  /** Nova's migrations that are this plan's. */
  own: ReadonlySet<string>;
  moments: RunMoments | null;
};

type Tools = { cluster: Cluster; windowMs: number; happened: PlanHappenings };

/** Finds the moves that a plan has done. Its CPU is measured a whole window after the last of them. */
export function runOf(plan: ActionPlan, actions: Action[], { cluster, windowMs, happened }: Tools): Run {
  const moves = listMoves(actions, cluster.index, happened.byAction);
  const done = moves.filter(isDone);
  const running = moves.filter(({ happened: one }) => one?.result === 'running').length;
  const times = timesOf(done, { plan, actions });
  const vms = new Set(actions.map((action) => readAction(action).id).filter((id) => id !== null));
  const base = { plan, moves, done, running, vms, own: happened.own };
  if (times.length === 0) return { ...base, moments: null };
  return {
    ...base,
    moments: {
      made: plan.createdAt,
      before: Math.max(plan.createdAt, Math.min(...times.map(({ start }) => start))),
      after: Math.max(...times.map(({ end }) => end)) + windowMs + SETTLE_MS,
    },
  };
}

/** When moves began and ended, by Nova if it says so. Watcher dates the end of an action, or its start if it never ended. */
function timesOf(
  done: MoveStep[],
  { plan, actions }: { plan: ActionPlan; actions: Action[] },
): { start: number; end: number }[] {
  const changes = new Map(actions.map(({ id, updatedAt }) => [id, updatedAt]));
  return done.flatMap(({ action_id: id, state, happened }) => {
    const changed = changes.get(id) ?? null;
    const end = happened?.ended_at ?? (state === 'SUCCEEDED' ? changed : (plan.updatedAt ?? changed));
    return end === null ? [] : [{ start: happened?.started_at ?? end - MOVE_MS, end }];
  });
}
