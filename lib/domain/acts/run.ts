import type { Delivered } from '@/lib/contract/v1/delivered';
import type { ReadingState } from '@/lib/contract/v1/readings';
import type { Run, RunHeard, RunResult } from '@/lib/contract/v1/run';
import type { RunAction } from '@/lib/contract/v1/run-moves';
import { formatPercent } from '@/lib/format';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { cpuPercent } from '../cluster/cluster';
import type { LoadLimits } from '../cluster/levels';
import type { MovesKnown } from '../cluster/vm-moves';
import { isMigration } from '../plans/actions';
import { describeAction } from '../plans/describe-action';
import { planStateMeaning } from '../plans/meanings';
import type { Release } from '../plans/release';
import { mayHaveRun } from '../plans/runs';
import { isOver, isRunning } from '../plans/states';
import { toWaves } from '../plans/waves';
import { balanceOf, type HostShare } from '../projection/balance';
import { cpuShare } from '../projection/figures';
import type { HostState } from '../projection/world';
import type { RunCase } from './run-case';
import { countMoves, isUnderWay, listWaves, runSecondsLeft } from './run-counts';
import { listEvents } from './run-events';
import { listRunHosts, type RunPromise } from './run-hosts';
import { describeLeftBehind, listDisabled } from './run-left-behind';
import { listRunMoves } from './run-moves';
import { titleOf } from './run-title';
import { describeStopping } from './stopping';

/** A run as it is shown and answered, from everything that is known about it. */

export type RunParts = {
  audit: Pick<Audit, 'id' | 'name'>;
  run: RunCase;
  /** What the run promised, and why the load at its start is missing. */
  promise: RunPromise;
  startMissing: string | null;
  limits: LoadLimits;
  release: Release;
  /** Names of the audits whose plans run before this one. */
  ahead: string[];
  /** Why no applier is alive to take it while it is queued; null if one is, or if that is not known. */
  noApplier: string | null;
  /** What Nova recorded of the last days. */
  moved: MovesKnown;
  delivered: Delivered | null;
  result: RunResult | null;
  load: ReadingState;
  heard: { watcher: RunHeard; nova: RunHeard };
};

export function describeRun(parts: RunParts): Run {
  const { audit, run, promise, limits, release, delivered, result } = parts;
  const { plan, actions, cluster, now } = run;
  const moves = listRunMoves(run);
  const phase = phaseOf(plan, actions);
  const startedAt = runStartedAt(run);
  const others = listOthers(run);
  const base = { phase, counts: countMoves(moves), waves: listWaves(moves), others, result, delivered, made_at: now };
  return {
    ...base,
    audit: { id: audit.id, name: audit.name },
    plan: {
      id: plan.id,
      state: plan.state,
      state_meaning: planStateMeaning(plan, actions, release),
      status_message: plan.statusMessage,
      strategy: plan.strategy,
      created_at: plan.createdAt,
      updated_at: plan.updatedAt,
    },
    title: titleOf({ ...base, state: plan.state, ahead: parts.ahead, hasApplier: parts.noApplier === null }),
    waiting: phase === 'queued' && parts.noApplier !== null ? `${parts.noApplier} ${STARTS_LATER}` : null,
    reached: phase === 'running' || phase === 'stopping' ? reachedOf(parts) : null,
    started_at: startedAt,
    ended_at: phase === 'ended' ? plan.updatedAt : null,
    is_final: isOver(plan.state) && !moves.some(isUnderWay),
    started_by: run.acts.started,
    stopped_by: run.acts.stopped,
    acts_missing: run.acts.missing,
    seconds_left: phase === 'running' ? runSecondsLeft(moves, now) : null,
    moves,
    hosts: listRunHosts(promise, cluster, startedAt !== null && parts.startMissing === null),
    limits,
    load: parts.load,
    start_missing: parts.startMissing,
    events: listEvents({ ...run, startedAt, moves }),
    stopping: describeStopping({
      state: plan.state,
      release,
      moves,
      othersWaiting: others.filter(({ state }) => state === 'PENDING').length,
      disabled: listDisabled(actions, cluster),
    }),
    left_behind: phase === 'ended' ? describeLeftBehind({ ...run, moves, moved: parts.moved }) : [],
    ...parts.heard,
  };
}

const STARTS_LATER =
  'It begins whenever an applier comes back, without asking again; take it out of the queue if it should not.';

function phaseOf(plan: ActionPlan, actions: Action[]): Run['phase'] {
  switch (plan.state) {
    case 'PENDING':
      return 'queued';
    case 'ONGOING':
      return 'running';
    case 'CANCELLING':
      return 'stopping';
    default:
      return mayHaveRun(plan, actions) ? 'ended' : 'not-started';
  }
}

/**
 * When a run began; ms, null if it has not. Watcher's last change of a plan that runs is its start; of one that is over only
 * what it did shows when it began.
 */
export function runStartedAt({
  plan,
  actions,
  happened,
}: Pick<RunCase, 'plan' | 'actions' | 'happened'>): number | null {
  if (!isRunning(plan.state) && !mayHaveRun(plan, actions)) return null;
  const starts = [...happened.values()].flatMap(({ started_at: at }) => at ?? []);
  const changes = actions.flatMap(({ state, updatedAt }) => (BEGUN.has(state) ? (updatedAt ?? []) : []));
  const ofPlan = plan.state === 'ONGOING' ? [plan.updatedAt ?? []].flat() : [];
  const times = [...starts, ...changes, ...ofPlan];
  return times.length === 0 ? null : Math.max(plan.createdAt, Math.min(...times));
}

const BEGUN = new Set(['ONGOING', 'SUCCEEDED', 'FAILED']);

function listOthers({ plan, actions, cluster, happened }: RunCase): RunAction[] {
  return toWaves(actions).flatMap((wave, before) =>
    wave
      .filter((action) => !isMigration(action))
      .map((action) => {
        const view = describeAction(action, { plan, cluster, happened: happened.get(action.id) ?? null });
        return {
          action_id: action.id,
          wave: before + 1,
          label: view.label,
          target: view.target,
          state: action.state,
          text: action.statusMessage ?? view.meaning,
        };
      }),
  );
}

/** What the loads show already; null if the plan has little to do with the hottest host. */
function reachedOf({ promise, run: { cluster }, limits, startMissing }: RunParts): string | null {
  const hottest = (of: HostShare[]) => balanceOf(of)?.highest.percentage ?? null;
  const share = (state: HostState) => ({ host: state.host.name, percentage: cpuShare(state) });
  const [start, goal] = [hottest(promise.start.map(share)), hottest(promise.after.map(share))];
  const now = hottest(cluster.hosts.map((host) => ({ host: host.name, percentage: cpuPercent(host) })));
  if (startMissing !== null || start === null || goal === null || now === null) return null;
  if (start >= limits.hot && now < limits.hot) return 'No host is hot any more.';
  if (start - goal < LITTLE) return null;
  const [from, to, promised] = [start, now, goal].map((value) => formatPercent(value, 0));
  return `Hottest host ${from} → ${to}, promised ${promised}.`;
}

/** Points. */
const LITTLE = 1;
