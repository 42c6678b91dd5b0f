import type { Delivered } from '@/lib/contract/v1/delivered';
import type { RunHost, RunResult } from '@/lib/contract/v1/run';
import type { SceneStep } from '@/lib/contract/v1/scene';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import type { PastLoad } from '@/lib/readings/plan-load';
import type { PlanPast } from '@/lib/readings/plan-past';
import { measuredCpu } from '../cluster/capacity';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';
import { type LoadLimits, levelOf } from '../cluster/levels';
import { isMove } from '../plans/steps';
import { balanceOf, type HostShare } from '../projection/balance';
import { keptPart } from '../projection/delivered';
import { cpuShare } from '../projection/figures';
import { applySteps } from '../projection/plan-projection';
import { takePastSnapshot, takeSnapshot } from '../projection/snapshot';
import { type HostState, statesOf } from '../projection/world';

/** The loads of hosts on the way from the start of a run to what it promised. */

/** Every host at the start, and with all moves applied that were not left out; in the same order. */
export type RunPromise = { start: HostState[]; after: HostState[] };

type Setting = { cluster: Cluster; hostLabels: string[] };

/** Where a run begins: at its start, as far as Prometheus has the load, or now if it has not begun. */
type Beginning = { past: PastLoad } | { past: null; use: Record<string, ServerUse> };

/** What a run promised: all its moves on the load at its start. */
export function promiseOf(steps: SceneStep[], beginning: Beginning, { cluster, hostLabels }: Setting): RunPromise {
  const { past } = beginning;
  const all = steps.filter(({ state }) => state !== 'SKIPPED').map(asPlanned);
  const snapshot =
    past === null
      ? takeSnapshot(cluster, beginning.use)
      : takePastSnapshot(cluster, { targets: past.targets, use: past.use, hostLabels }, all);
  const { world } = applySteps(snapshot, all, past === null ? 'now' : 'plan-creation');
  return { start: [...world.start.values()], after: statesOf(world) };
}

/** As if nothing had become of it yet. */
const asPlanned = (step: SceneStep): SceneStep =>
  isMove(step) ? { ...step, state: 'PENDING', happened: null } : { ...step, state: 'PENDING' };

/** Hosts that VMs leave first, then those they go to, the hottest first. */
export function listRunHosts({ start, after }: RunPromise, { byName }: Cluster, hasBegun: boolean): RunHost[] {
  return after
    .flatMap((state, i): (RunHost & { moves: number })[] => {
      const before = start[i];
      const moves = state.arriving + state.leaving;
      const { name } = state.host;
      if (!before || moves === 0) return [];
      const host = byName.get(name);
      return [
        {
          host: name,
          role: state.leaving > state.arriving ? 'source' : 'target',
          start: hasBegun ? cpuShare(before) : null,
          now: host ? cpuPercent(host) : null,
          promised: cpuShare(state),
          moves,
        },
      ];
    })
    .sort((a, b) => a.role.localeCompare(b.role) || hottest(b) - hottest(a))
    .map(({ moves: _, ...host }) => host);
}

/** Of a source what it had, of a target what it will have. */
const hottest = ({ role, start, now, promised }: RunHost): number =>
  (role === 'source' ? (start ?? now) : (now ?? promised)) ?? -1;

const sharesOf = (states: HostState[]): HostShare[] =>
  states.map((state) => ({ host: state.host.name, percentage: cpuShare(state) }));

type Measuring = Setting & {
  limits: LoadLimits;
  /** Of the hosts that were measured throughout. */
  spread: Delivered['spread'];
  tookMs: number | null;
};

/**
 * What a run promised and delivered, over all hosts.
 *
 * @param promise on the load when the plan was made
 */
export function resultOf(
  promise: RunPromise,
  past: PlanPast,
  { cluster, hostLabels, limits, spread, tookMs }: Measuring,
): RunResult {
  const measured = (targets: NodeTarget[]): HostShare[] => {
    const { hosts } = mapTargets(targets, cluster.index, hostLabels);
    return cluster.hosts.map(({ name }) => ({
      host: name,
      percentage: cpuPercent({ cpu: measuredCpu(hosts.get(name)) }),
    }));
  };
  const [start, promised, delivered] = [measured(past.before), sharesOf(promise.after), measured(past.after)];
  const hottest = (shares: HostShare[]) => balanceOf(shares)?.highest ?? null;
  const count = (shares: HostShare[], level: 'hot' | 'warm') =>
    shares.some(({ percentage }) => percentage !== null)
      ? shares.filter(({ percentage }) => percentage !== null && levelOf(percentage, limits) === level).length
      : null;
  const kept = spread === null ? null : keptPart(spread);
  return {
    spread: {
      start: spread?.before ?? null,
      promised: spread?.promised ?? null,
      delivered: spread?.after ?? null,
    },
    hottest: {
      start: hottest(start)?.percentage ?? null,
      promised: hottest(promised)?.percentage ?? null,
      delivered: hottest(delivered)?.percentage ?? null,
    },
    hottest_host: hottest(delivered)?.host ?? null,
    hot: { start: count(start, 'hot'), promised: count(promised, 'hot'), delivered: count(delivered, 'hot') },
    warm: count(delivered, 'warm'),
    kept: kept === null ? null : 100 * kept,
    took_ms: tookMs,
  };
}
