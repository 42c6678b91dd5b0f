import { SECOND_MS } from '@/lib/units';
import type { Applier } from './applier';
import { isInterval, nextRunOf } from './intervals';
import type { Cloud, SimAction, SimAudit, SimPlan } from './model';
import { actionsOf } from './planner';
import { openRandom } from './random';

/** Watcher's decision engine: it takes audits that people create, and makes their plans. */
export type Auditor = {
  /** Takes an audit that was created and is PENDING. An EVENT audit waits for its event for ever. */
  submit(audit: SimAudit, at: number): void;
  /** Lets a CONTINUOUS audit run again and again, from its next run on. */
  repeat(audit: SimAudit): void;
  /** Takes up a CONTINUOUS audit again that was suspended, or whose interval was changed. */
  resume(audit: SimAudit, at: number): void;
  /** The event of an EVENT audit. While a plan runs, it is forgotten. */
  trigger(audit: SimAudit, at: number): void;
  due(): number;
  run(at: number): void;
};

/** An audit on its way: taken, then its plan is made without actions, then with them. */
type Task = { audit: SimAudit; isTaken: boolean; made: { plan: SimPlan; actions: SimAction[] } | null; dueAt: number };

const STEP_MS = SECOND_MS;
/** Watcher looks this often for new CONTINUOUS audits. */
const POLL_MS = 10 * SECOND_MS;
const SEED = 66_001;

/** One that somebody has set to SUCCEEDED runs at its next time all the same, and is ONGOING again. */
const runsOn = ({ state }: SimAudit) => ['PENDING', 'ONGOING', 'SUCCEEDED'].includes(state);

export function openAuditor(cloud: Cloud, applier: Applier): Auditor {
  const random = openRandom(SEED);
  let tasks: Task[] = [];
  /**
   * Those that run again and again, with whether the engine starts their plans. It holds what it read when it took them up:
   * a change of that is not seen until it takes them up anew.
   */
  const repeated = new Map<SimAudit, boolean>();

  /** Without force, an audit gives up if a plan runs; one that somebody cancelled is left alone. */
  function take(task: Task, at: number): Task[] {
    const { audit } = task;
    if (audit.state !== 'PENDING') return [];
    if (audit.type === 'CONTINUOUS') return takeUp(task, at);
    audit.updatedAt = at;
    const goesOn = audit.force || !applier.isBusy();
    audit.state = goesOn ? 'ONGOING' : 'CANCELLED';
    return goesOn ? [{ ...task, isTaken: true, dueAt: at + STEP_MS }] : [];
  }

  /**
   * One with cron stays PENDING until its first time. An interval of another audit that can't be read keeps the engine
   * from taking up any.
   */
  function takeUp(task: Task, at: number): Task[] {
    const { audit } = task;
    const isBlocked = [...repeated.keys(), audit].some(
      ({ state, interval }) => ['PENDING', 'ONGOING'].includes(state) && !isInterval(interval),
    );
    if (isBlocked) return [{ ...task, dueAt: at + POLL_MS }];
    audit.updatedAt = at;
    const first = Math.max(at, audit.startAt ?? at);
    audit.nextRunAt = nextRunOf(audit.interval, first) ?? first;
    if (/^\d+$/.test(audit.interval ?? '')) audit.nextRunAt = first;
    if (audit.nextRunAt <= at) audit.state = 'ONGOING';
    repeated.set(audit, audit.autoTrigger === true);
    return [];
  }

  /** Watcher writes the plan before its actions: somebody who reads in between sees an empty one. */
  function makePlan(audit: SimAudit, at: number): SimPlan {
    const plan: SimPlan = {
      id: random.uuid(),
      auditId: audit.id,
      strategy: audit.strategy ?? 'dummy',
      state: 'RECOMMENDED',
      createdAt: at,
      updatedAt: null,
      statusMessage: null,
      actions: [],
    };
    cloud.plans.unshift(plan);
    return plan;
  }

  function complete({ audit }: Task, { plan, actions }: NonNullable<Task['made']>, at: number): void {
    plan.actions = actions;
    if (plan.actions.length === 0) {
      plan.state = 'SUCCEEDED';
      plan.updatedAt = at;
    }
    audit.updatedAt = at;
    // It overwrites whatever somebody set in the meantime, CANCELLED too.
    if (audit.type !== 'CONTINUOUS') audit.state = 'SUCCEEDED';
    if ((repeated.get(audit) ?? audit.autoTrigger) && plan.actions.length > 0) applier.start(plan, at);
  }

  /** Returns the task if there is more to do. A strategy that fails makes no plan, and its audit never runs again. */
  function step(task: Task, at: number): Task[] {
    const { audit, made } = task;
    if (!task.isTaken) return take(task, at);
    if (made !== null) {
      complete(task, made, at);
      return [];
    }
    const actions = actionsOf(audit, { cloud, random, at });
    if (actions !== null) return [{ ...task, made: { plan: makePlan(audit, at), actions }, dueAt: at + STEP_MS }];
    audit.state = 'FAILED';
    audit.updatedAt = at;
    audit.nextRunAt = null;
    return [];
  }

  /** A new run cancels the plan that waits. While a plan runs, it is left out without a word. */
  function runAgain(audit: SimAudit, at: number): void {
    audit.nextRunAt = nextRunOf(audit.interval, at);
    if (audit.endAt != null && audit.endAt <= at) {
      audit.state = 'SUCCEEDED';
      audit.nextRunAt = null;
      return;
    }
    audit.state = 'ONGOING';
    if (applier.isBusy() && !audit.force) return;
    for (const plan of cloud.plans) {
      if (plan.auditId === audit.id && plan.state === 'RECOMMENDED') applier.cancel(plan, at);
    }
    tasks.push({ audit, isTaken: true, made: null, dueAt: at + STEP_MS });
  }

  const nextRuns = () => [...repeated.keys()].map((audit) => (runsOn(audit) ? audit.nextRunAt : null));

  return {
    submit(audit, at) {
      if (audit.type === 'EVENT') return;
      const wait = audit.type === 'ONESHOT' ? STEP_MS : POLL_MS;
      tasks.push({ audit, isTaken: false, made: null, dueAt: at + wait });
    },
    trigger(audit, at) {
      if (applier.isBusy() && !audit.force) return;
      audit.state = 'ONGOING';
      audit.updatedAt = at;
      tasks.push({ audit, isTaken: true, made: null, dueAt: at + STEP_MS });
    },
    repeat(audit) {
      repeated.set(audit, audit.autoTrigger === true);
    },
    resume(audit, at) {
      repeated.set(audit, audit.autoTrigger === true);
      audit.nextRunAt = nextRunOf(audit.interval, at);
    },
    due: () =>
      Math.min(
        Number.POSITIVE_INFINITY,
        ...tasks.map(({ dueAt }) => dueAt),
        ...nextRuns().map((at) => at ?? Number.POSITIVE_INFINITY),
      ),
    run(at) {
      tasks = tasks.flatMap((task) => (task.dueAt <= at ? step(task, at) : [task]));
      for (const audit of repeated.keys()) {
        if (runsOn(audit) && audit.nextRunAt !== null && audit.nextRunAt <= at) runAgain(audit, at);
      }
    },
  };
}
