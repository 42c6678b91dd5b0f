import { SECOND_MS } from '@/lib/units';
import type { Applier } from './applier';
import type { Cloud, SimAudit, SimPlan } from './model';
import { actionsOf } from './planner';
import { openRandom } from './random';

/** Watcher's decision engine: it takes audits that people create, and makes their plans. */
export type Auditor = {
  /** Takes an audit that was created and is PENDING. An EVENT audit waits for its event for ever. */
  submit(audit: SimAudit, at: number): void;
  /** Lets a CONTINUOUS audit run again and again, from its next run on. */
  repeat(audit: SimAudit): void;
  /** The event of an EVENT audit. While a plan runs, it is forgotten. */
  trigger(audit: SimAudit, at: number): void;
  due(): number;
  run(at: number): void;
};

/** An audit on its way: taken, then its plan is made without actions, then with them. */
type Task = { audit: SimAudit; isTaken: boolean; plan: SimPlan | null; dueAt: number };

const STEP_MS = SECOND_MS;
/** Watcher looks this often for new CONTINUOUS audits. */
const POLL_MS = 10 * SECOND_MS;
const SEED = 66_001;

export function openAuditor(cloud: Cloud, applier: Applier): Auditor {
  const random = openRandom(SEED);
  let tasks: Task[] = [];
  const repeated = new Set<SimAudit>();

  /** Without force, an audit gives up if a plan runs; one that somebody cancelled is left alone. */
  function take(task: Task, at: number): Task[] {
    const { audit } = task;
    if (audit.state !== 'PENDING') return [];
    audit.updatedAt = at;
    if (audit.type === 'CONTINUOUS') {
      audit.state = 'ONGOING';
      audit.nextRunAt = at;
      repeated.add(audit);
      return [];
    }
    const goesOn = audit.force || !applier.isBusy();
    audit.state = goesOn ? 'ONGOING' : 'CANCELLED';
    return goesOn ? [{ ...task, isTaken: true, dueAt: at + STEP_MS }] : [];
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

  function complete({ audit }: Task, plan: SimPlan, at: number): void {
    plan.actions = actionsOf(audit, { cloud, random, at });
    if (plan.actions.length === 0) {
      plan.state = 'SUCCEEDED';
      plan.updatedAt = at;
    }
    audit.updatedAt = at;
    // It overwrites whatever somebody set in the meantime, CANCELLED too.
    if (audit.type !== 'CONTINUOUS') audit.state = 'SUCCEEDED';
    if (audit.autoTrigger && plan.actions.length > 0) applier.start(plan, at);
  }

  /** Returns the task if there is more to do. */
  function step(task: Task, at: number): Task[] {
    if (!task.isTaken) return take(task, at);
    if (task.plan === null) return [{ ...task, plan: makePlan(task.audit, at), dueAt: at + STEP_MS }];
    complete(task, task.plan, at);
    return [];
  }

  /**
   * A new run cancels the plan that waits. While a plan runs, it is left out without a word. Intervals in cron's form are
   * not simulated: such an audit runs once.
   */
  function runAgain(audit: SimAudit, at: number): void {
    const seconds = Number(audit.interval);
    audit.nextRunAt = seconds > 0 ? at + Math.max(seconds * SECOND_MS, POLL_MS) : null;
    if (applier.isBusy() && !audit.force) return;
    for (const plan of cloud.plans) {
      if (plan.auditId === audit.id && plan.state === 'RECOMMENDED') applier.cancel(plan, at);
    }
    tasks.push({ audit, isTaken: true, plan: null, dueAt: at + STEP_MS });
  }

  const nextRuns = () => [...repeated].map(({ state, nextRunAt }) => (state === 'ONGOING' ? nextRunAt : null));

  return {
    submit(audit, at) {
      if (audit.type === 'EVENT') return;
      const wait = audit.type === 'ONESHOT' ? STEP_MS : POLL_MS;
      tasks.push({ audit, isTaken: false, plan: null, dueAt: at + wait });
    },
    trigger(audit, at) {
      if (applier.isBusy() && !audit.force) return;
      audit.state = 'ONGOING';
      audit.updatedAt = at;
      tasks.push({ audit, isTaken: true, plan: null, dueAt: at + STEP_MS });
    },
    repeat(audit) {
      repeated.add(audit);
    },
    due: () =>
      Math.min(
        Number.POSITIVE_INFINITY,
        ...tasks.map(({ dueAt }) => dueAt),
        ...nextRuns().map((at) => at ?? Number.POSITIVE_INFINITY),
      ),
    run(at) {
      tasks = tasks.flatMap((task) => (task.dueAt <= at ? step(task, at) : [task]));
      for (const audit of repeated) {
        if (audit.state === 'ONGOING' && audit.nextRunAt !== null && audit.nextRunAt <= at) runAgain(audit, at);
      }
    },
  };
}
