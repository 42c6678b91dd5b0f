import { SECOND_MS } from '@/lib/units';
import { beginAction, failureOf, type Job, type Workshop } from './actions';
import type { SimAction, SimMigration, SimPlan } from './model';
import { cancelPending, isOver, markStopped, outcomeOf, setState } from './run-states';

/** Watcher's appliers: they take started plans one after the other and run their actions. */
export type Applier = {
  /** Takes note of a plan that was started: it is PENDING until an applier is free. */
  start(plan: SimPlan, at: number): void;
  /** Stops a plan that runs, as the release does it. */
  cancel(plan: SimPlan, at: number): void;
  /** Runs a plan on whose state was made up, if it waits for this migration. */
  takeUp(migration: SimMigration, at: number): void;
  /** Goes on with the plans that run or wait from the beginning, which otherwise stay as they are. */
  resume(at: number): void;
  /** Keeps a plan from being taken once it is started; false lets it go. */
  hold(plan: SimPlan, isHeld: boolean): void;
  /** Whether any plan runs. */
  isBusy(): boolean;
  /** How often a plan was handed to the appliers. */
  startsOf(plan: SimPlan): number;
  /** Appliers alive, and since when they are. */
  appliers(): Appliers;
  /** If none is left, running plans stay as they are until one comes back. */
  setAppliers(alive: number, at: number): void;
  due(): number;
  run(at: number): void;
};

export type Appliers = { alive: number; since: number };

type Run = {
  plan: SimPlan;
  queuedAt: number;
  /** null while it waits for an applier. */
  takenAt: number | null;
  /** When the applier notices that it was cancelled, if it has to stop something then. */
  cancelsAt: number | null;
  jobs: Job[];
};

/** How long an applier takes to take a plan, and to notice that one was cancelled. */
const TAKE_MS = SECOND_MS;
const NOTICE_MS = SECOND_MS;

export function openApplier(shop: Workshop, startedAt: number): Applier {
  let appliers: Appliers = { alive: 1, since: startedAt };
  /** In the order in which they were started. */
  let runs: Run[] = [];
  const starts = new Map<SimPlan, number>();
  const held = new Set<SimPlan>();
  const runOf = (plan: SimPlan) => runs.find((run) => run.plan === plan);
  const isFree = () => runs.filter(({ takenAt }) => takenAt !== null).length < appliers.alive;

  function take(run: Run, at: number): void {
    run.takenAt = at;
    const taken = runs.flatMap(({ plan, takenAt }) => (takenAt === null || plan === run.plan ? [] : [plan.hostname]));
    const names = Array.from({ length: appliers.alive }, (_, i) => `ctl-${i + 1}`);
    run.plan.hostname = names.find((name) => !taken.includes(name)) ?? 'ctl-1';
    // Only a cancellation that came too late can have set these.
    for (const action of run.plan.actions) if (action.state === 'CANCELLED') setState(action, 'PENDING', at);
    setState(run.plan, 'ONGOING', at);
  }

  /** Begins every action whose parents are over. Whether they succeeded does not matter to Watcher. */
  function beginReady(run: Run, at: number): void {
    const { actions } = run.plan;
    const over = new Set(actions.filter(isOver).map(({ id }) => id));
    for (const action of actions) {
      if (action.state !== 'PENDING' || !action.parents.every((id) => over.has(id))) continue;
      const begun = beginAction(action, shop, at);
      if ('state' in begun) {
        setState(action, begun.state, at);
        action.statusMessage = begun.message;
      } else {
        setState(action, 'ONGOING', at);
        run.jobs.push(begun);
      }
    }
  }

  /** Ends the actions that are done, or whose migration ended or takes too long. */
  function settle(run: Run, at: number): void {
    const done = run.jobs.filter(
      ({ until, migration, givesUpAt }) => Math.min(until, migration?.endedAt ?? Infinity, givesUpAt) <= at,
    );
    run.jobs = run.jobs.filter((job) => !done.includes(job));
    for (const { action, migration, effect } of done) {
      const worked =
        migration === null || (migration.endedAt !== null && ['completed', 'confirmed'].includes(migration.ended));
      if (worked) effect();
      // Only an action that was CANCELLING from the beginning is still.
      if (action.state === 'CANCELLING') setState(action, 'CANCELLED', at);
      else setState(action, worked ? 'SUCCEEDED' : 'FAILED', at);
      action.statusMessage = worked ? null : failureOf(action);
    }
  }

  function end(run: Run, state: string, at: number): void {
    const { plan } = run;
    runs = runs.filter((other) => other !== run);
    const isSkipped = state !== 'CANCELLED' && plan.actions.some((action) => action.state === 'SKIPPED');
    setState(plan, state, at);
    if (isSkipped) plan.statusMessage = 'One or more actions were skipped.';
  }

  /** Ends a plan whose actions run. As the release has it, Nova is asked to abort the live migrations, or nobody tells it. */
  function abortAll(run: Run, at: number): void {
    const { plan, jobs } = run;
    run.jobs = [];
    if (shop.release().cancels === 'and leaves actions behind') {
      end(run, 'FAILED', at);
      return;
    }
    for (const { action, migration } of jobs) {
      const isLive = migration?.type === 'live-migration' && migration.endedAt === null;
      if (isLive) shop.mover.abort(migration, at);
      setState(action, isLive ? 'CANCELLED' : 'SUCCEEDED', at);
    }
    cancelPending(plan, at);
    end(run, 'CANCELLED', at);
  }

  /** Nothing new begins; what runs is aborted, or ends by itself. */
  function advanceCancelled(run: Run, at: number): void {
    const { plan, jobs, cancelsAt } = run;
    if (shop.release().cancels !== 'after what runs') {
      if ((cancelsAt ?? at) <= at) abortAll(run, at);
    } else if (jobs.length > 0) {
      // Nothing is to be stopped, though another release was to.
      run.cancelsAt = null;
    } else {
      const isCut = plan.actions.some(({ state }) => state === 'PENDING' || state === 'CANCELLED');
      cancelPending(plan, at);
      end(run, isCut ? 'CANCELLED' : outcomeOf(plan, shop.release()), at);
    }
  }

  function advanceRun(run: Run, at: number): void {
    const { plan } = run;
    settle(run, at);
    if (plan.state === 'CANCELLING') {
      advanceCancelled(run, at);
      return;
    }
    // Actions that take no time let the next ones begin at once.
    for (let ended = -1; ended !== plan.actions.filter(isOver).length; ) {
      ended = plan.actions.filter(isOver).length;
      beginReady(run, at);
      settle(run, at);
    }
    if (run.jobs.length === 0) end(run, outcomeOf(plan, shop.release()), at);
  }

  function dropRunning(at: number): void {
    for (const { plan, takenAt } of runs) if (takenAt !== null) markStopped(plan, shop.release(), at);
    runs = runs.filter(({ takenAt }) => takenAt === null);
  }

  const newRun = (plan: SimPlan, at: number): Run => {
    const run: Run = { plan, queuedAt: at, takenAt: null, cancelsAt: null, jobs: [] };
    runs.push(run);
    return run;
  };

  /** A run of a plan that was ONGOING from the beginning; its moves end as any others. */
  function takeUpPlan(plan: SimPlan, at: number): Run {
    const run = newRun(plan, at);
    run.takenAt = at;
    for (const action of plan.actions.filter(({ state }) => ['ONGOING', 'CANCELLING'].includes(state))) {
      const migration = shop.cloud.migrations.find(
        ({ server, endedAt }) => endedAt === null && server.id === action.parameters.resource_id,
      );
      if (migration && !migration.course) shop.mover.takeUp(migration, at);
      const until = migration ? Number.POSITIVE_INFINITY : at + shop.mover.script().seconds * SECOND_MS;
      run.jobs.push({ action, migration: migration ?? null, until, givesUpAt: Infinity, effect: () => {} });
    }
    return run;
  }

  return {
    start(plan, at) {
      starts.set(plan, (starts.get(plan) ?? 0) + 1);
      if (!runOf(plan)) newRun(plan, at);
      setState(plan, 'PENDING', at);
    },
    cancel(plan, at) {
      if (plan.state === 'ONGOING') {
        const run = runOf(plan) ?? takeUpPlan(plan, at);
        if (shop.release().cancels !== 'after what runs') run.cancelsAt = at + NOTICE_MS;
        setState(plan, 'CANCELLING', at);
        return;
      }
      // An applier that is about to take the plan has read its state already, and overwrites the new one.
      const run = runOf(plan);
      const takesIn = run ? run.queuedAt + TAKE_MS - at : -1;
      if (takesIn < 0 || takesIn >= shop.raceMs()) runs = runs.filter((other) => other !== run);
      plan.hostname = null;
      for (const action of plan.actions) setState(action, 'CANCELLED', at);
      setState(plan, 'CANCELLED', at);
    },
    takeUp(migration, at) {
      const waits = ({ state, parameters }: SimAction) =>
        state === 'ONGOING' && parameters.resource_id === migration.server.id;
      const plan = shop.cloud.plans.find(({ state, actions }) => state === 'ONGOING' && actions.some(waits));
      if (plan && !runOf(plan)) takeUpPlan(plan, at);
    },
    resume(at) {
      for (const plan of shop.cloud.plans) {
        if (['ONGOING', 'CANCELLING'].includes(plan.state)) takeUpPlan(plan, at);
        if (plan.state === 'PENDING') newRun(plan, at);
      }
    },
    hold(plan, isHeld) {
      if (isHeld) held.add(plan);
      else held.delete(plan);
    },
    isBusy: () => runs.some(({ takenAt }) => takenAt !== null),
    startsOf: (plan) => starts.get(plan) ?? 0,
    appliers: () => appliers,
    setAppliers(alive, at) {
      // Those that were lost come back with a restart, which cancels what they ran.
      if (appliers.alive === 0 && alive > 0) dropRunning(at);
      appliers = { alive, since: at };
    },
    due() {
      let due = Number.POSITIVE_INFINITY;
      for (const { plan, takenAt, queuedAt, cancelsAt, jobs } of runs) {
        if (takenAt === null) due = held.has(plan) || !isFree() ? due : Math.min(due, queuedAt + TAKE_MS);
        else if (appliers.alive > 0) {
          due = Math.min(due, cancelsAt ?? due, ...jobs.map(({ until, givesUpAt }) => Math.min(until, givesUpAt)));
        }
      }
      return due;
    },
    run(at) {
      if (appliers.alive === 0) return;
      for (const run of runs.filter(({ takenAt }) => takenAt !== null)) advanceRun(run, at);
      for (const run of runs.filter(({ takenAt }) => takenAt === null)) {
        if (held.has(run.plan) || !isFree() || run.queuedAt + TAKE_MS > at) continue;
        take(run, at);
        advanceRun(run, at);
      }
    },
  };
}
