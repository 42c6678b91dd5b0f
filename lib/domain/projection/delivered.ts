import type { Delivered, DeliveredHost, Deliveries } from '@/lib/contract/v1/delivered';
import type { MoveStep } from '@/lib/contract/v1/scene';
import { formatThings } from '@/lib/format';
import { groupBy } from '@/lib/group-by';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { MigrationRecord } from '@/lib/readings/migrations';
import type { PlanPast, RunMoments } from '@/lib/readings/plan-past';
import { measuredCpu } from '../cluster/capacity';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import { mapTargets } from '../cluster/host-index';
import { balanceOf } from './balance';
import { type Disturbance, listCreated } from './disturbances';
import type { Run } from './executed-run';
import { cpuShare } from './figures';
import { applySteps } from './plan-projection';
import { type Snapshot, takePastSnapshot } from './snapshot';
import { destinationOf } from './walk';
import { stateOf } from './world';

/** What disturbed one host is not listed further than this. */
const MOST_REASONS = 20;

export type Context = {
  cluster: Cluster;
  hostLabels: string[];
  now: number;
  /** A host's CPU is the mean over this time. */
  windowMs: number;
  /** What else moved or changed VMs. */
  disturbances: Disturbance[];
  /** The time for which Nova's migrations are known, ms, and why they are not known any further. */
  known: Pick<MigrationRecord, 'covered' | 'reason'>;
  failure: string | null;
};

/** CPU of each touched host as promised and as delivered. @param past null if it could not be read */
export function compareWithPromise(run: Run, past: PlanPast | null, context: Context): Delivered {
  const { plan, moves, done, running, moments } = run;
  const base: Delivered = {
    state: 'nothing-ran',
    reason: 'No move of this plan was done.',
    created_at: plan.createdAt,
    before_at: moments?.before ?? null,
    after_at: moments?.after ?? null,
    moves_done: done.length,
    moves_total: moves.length,
    moves_only_nova: done.filter(({ state }) => state !== 'SUCCEEDED').length,
    moves_running: running,
    unchecked: moments === null ? null : whyUnchecked(moments, context),
    hosts: [],
    mean_error: null,
    mean_change_error: null,
    worst: null,
    spread: null,
  };
  if (running > 0) {
    const reason = `Nova is still running ${formatThings(running, 'move')} of this plan.`;
    return { ...base, state: 'too-early', after_at: null, reason };
  }
  if (!moments) return base;
  if (context.now < moments.after) {
    return {
      ...base,
      state: 'too-early',
      reason: 'The last move ended too recently to measure its effect.',
    };
  }
  if (past === null) return { ...base, state: 'no-history', reason: context.failure };
  const measurements = openMeasurements(run, past, context);
  const spread = compareSpread(run, measurements);
  const hosts = compareHosts(run, measurements, openDisturbing(run, moments, context));
  const measured = hosts.filter(({ error }) => error !== null);
  if (measured.length === 0) {
    return { ...base, state: 'no-history', hosts, spread, reason: 'Prometheus has no measurements from these times.' };
  }
  const clean = measured.filter(({ disturbed }) => !disturbed);
  const known = clean.flatMap(({ host, error }) => (error === null ? [] : [{ host, error }]));
  if (known.length === 0) {
    const reason =
      'Something else moved or changed VMs on these hosts in the meantime, so the difference is not due to this plan.';
    return { ...base, state: 'disturbed', hosts, spread, reason };
  }
  const worst = known.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
  return {
    ...base,
    state: 'measured',
    reason: null,
    hosts,
    spread,
    mean_error: meanSize(known.map(({ error }) => error)),
    mean_change_error: meanSize(clean.flatMap(({ change_error: error }) => (error === null ? [] : [error]))),
    worst,
  };
}

/** Finds what else touched a host between the first and the last measurement. */
function openDisturbing(
  { plan, own, vms }: Run,
  moments: RunMoments,
  { disturbances, windowMs, cluster }: Context,
): (host: string) => string[] {
  const [from, until] = [moments.made - windowMs, moments.after];
  const others = disturbances.filter(
    (one) =>
      one.planId !== plan.id &&
      one.from < until &&
      one.until > from &&
      (one.migrationId === null ? !vms.has(one.serverId) || one.planId !== null : !own.has(one.migrationId)),
  );
  return (host) =>
    [...others.filter(({ hosts }) => hosts.includes(host)), ...listCreated(cluster, host, [from, until])]
      .sort((a, b) => a.from - b.from)
      .map(({ text }) => text)
      .slice(0, MOST_REASONS);
}

/** Why moves outside plans could have gone unnoticed; null if all are known. */
function whyUnchecked(moments: RunMoments, { known: { covered, reason }, windowMs, now }: Context): string | null {
  const until = Math.min(moments.after, now);
  if (covered !== null && covered.from <= moments.made - windowMs && covered.until >= until) return null;
  const why = reason ?? 'Nova’s migrations of that time are not known.';
  return `Moves outside Watcher’s plans could not be ruled out. ${why}`;
}

/** What was measured when the plan was made, and the CPU of hosts before its first move and after its last. */
type Measurements = { made: Snapshot; before: CpuOf; after: CpuOf };
type CpuOf = (host: string) => number | null;

function openMeasurements({ moves }: Run, past: PlanPast, { cluster, hostLabels }: Context): Measurements {
  const openCpu = (targets: NodeTarget[]): CpuOf => {
    const { hosts } = mapTargets(targets, cluster.index, hostLabels);
    return (host) => cpuPercent({ cpu: measuredCpu(hosts.get(host)) });
  };
  return {
    made: takePastSnapshot(cluster, { targets: past.made, use: past.use, hostLabels }, moves),
    before: openCpu(past.before),
    after: openCpu(past.after),
  };
}

function compareHosts(
  { done }: Run,
  { made, before, after }: Measurements,
  disturbing: (host: string) => string[],
): DeliveredHost[] {
  const { world } = applySteps(made, done, 'plan-creation');
  const touched = new Set(done.flatMap((step) => [step.source, destinationOf(step)]));
  return [...world.start.values()]
    .filter(({ host }) => touched.has(host.name))
    .map((start) => {
      const { name } = start.host;
      const disturbances = disturbing(name);
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
        disturbed: disturbances.length > 0,
        disturbances,
        change_error: changeError(row),
      };
    });
}

/** Points of spread below which a promise is too small to be measured. */
const LEAST_PROMISE = 0.5;

/** How much of the promised fall of the spread was delivered, 1 for all of it; null if hardly any was promised. */
export function keptPart({ made, promised, before, after }: NonNullable<Delivered['spread']>): number | null {
  const change = made - promised;
  return change < LEAST_PROMISE ? null : (before - after) / change;
}

/** The spread of all hosts that were measured throughout. What was promised is the whole plan, not only the moves done. */
function compareSpread({ moves }: Run, { made, before, after }: Measurements): Delivered['spread'] {
  const planned = moves.map((step): MoveStep => ({ ...step, state: 'PENDING', happened: null }));
  const { world } = applySteps(made, planned, 'plan-creation');
  const rows = [...world.start.values()].flatMap((start) => {
    const { name } = start.host;
    const loads = [cpuShare(start), cpuShare(stateOf(world, name) ?? start), before(name), after(name)];
    return loads.some((load) => load === null) ? [] : [{ host: name, loads }];
  });
  const spreadOf = (at: number) =>
    balanceOf(rows.map(({ host, loads }) => ({ host, percentage: loads[at] ?? null })))?.spread ?? null;
  const [one, two, three, four] = [spreadOf(0), spreadOf(1), spreadOf(2), spreadOf(3)];
  if (one === null || two === null || three === null || four === null) return null;
  return { made: one, promised: two, before: three, after: four };
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
  const measured = plans.filter(({ mean_error: error }) => error !== null);
  return [...groupBy(measured, ({ strategy }) => strategy)]
    .map(([strategy, own]) => ({
      strategy,
      plans: own.length,
      mean_error: meanSize(own.map(({ mean_error: error }) => error ?? 0)) ?? 0,
      mean_change_error: meanSize(own.flatMap(({ mean_change_error: error }) => (error === null ? [] : [error]))),
    }))
    .sort((a, b) => b.plans - a.plans || (a.strategy ?? '').localeCompare(b.strategy ?? ''));
}
