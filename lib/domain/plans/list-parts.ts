import type { PlanPart } from '@/lib/contract/choices';
import type { PlanProgress } from '@/lib/contract/v1/plan-list';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { SECOND_MS } from '@/lib/units';
import { type ActionEnd, endOfAction } from './action-ends';
import { readAction } from './actions';
import { mayHaveRun } from './runs';
import type { ActionsByPlan } from './shown-plan';
import { isOpen } from './states';
import { isLeftWaiting, isStepAudit } from './step-audits';
import type { ByAction } from './steps';

/** Where a plan stands in the list of all plans. */

/** Watcher closes a plan without actions this soon after it was made. */
const AT_ONCE_MS = 2 * SECOND_MS;

/** @param actions undefined if they were not read @param audit name of its audit */
export function partOfList(plan: ActionPlan, actions: Action[] | undefined, audit: string): PlanPart {
  if (plan.state === 'RECOMMENDED') {
    if (actions?.length === 0) return 'unchanged';
    return isStepAudit(audit) ? 'running' : 'waiting';
  }
  if (isOpen(plan.state)) return 'running';
  return mayHaveRun(plan, actions) && hasActions(plan, actions) ? 'done' : 'unchanged';
}

/** The same at a time: the plan of a step that its run left behind waits for somebody. @param now ms */
export function partNow(
  { plan, actions, audit }: { plan: ActionPlan; actions: Action[] | undefined; audit: string },
  now: number,
): PlanPart {
  return isLeftWaiting(plan, audit, now) && actions?.length !== 0 ? 'waiting' : partOfList(plan, actions, audit);
}

/**
 * The plans that wait for a decision, wherever they are counted: not those without an audit, with which nothing can be decided
 * here. A plan whose actions were not read counts. @param now ms
 */
export function listWaiting(
  { audits, plans, actions }: { audits: Audit[]; plans: ActionPlan[]; actions: ActionsByPlan },
  now: number,
): ActionPlan[] {
  const names = new Map(audits.flatMap(({ id, name, state }) => (state === 'DELETED' ? [] : [[id, name] as const])));
  return plans.filter((plan) => {
    const audit = plan.auditId === null ? undefined : names.get(plan.auditId);
    return audit !== undefined && partNow({ plan, actions: actions[plan.id], audit }, now) === 'waiting';
  });
}

/** An empty plan looks like one that was done; if its actions were not read, its times show it. */
export function hasActions(plan: ActionPlan, actions: Action[] | undefined): boolean {
  if (actions !== undefined) return actions.length > 0;
  return plan.hostname !== null || (plan.updatedAt ?? plan.createdAt) - plan.createdAt > AT_ONCE_MS;
}

export function progressOf(plan: ActionPlan, actions: Action[], happened: ByAction): PlanProgress {
  const ends = actions.map((action) => endOfAction(action, plan, happened.get(action.id) ?? null));
  const count = (...wanted: ActionEnd[]) => ends.filter((end) => end !== null && wanted.includes(end)).length;
  return {
    actions: actions.length,
    done: count('done'),
    running: count('running'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    skipped: count('skipped'),
  };
}

/** The texts by which a plan is found: hosts and VMs of its actions, as the actions name them and by id. */
export function namesIn(actions: Action[]): string[] {
  return actions.flatMap((action) => {
    const read = readAction(action);
    const places = read.kind === 'migrate' ? [read.source, read.destination] : [];
    return [read.id, read.name, ...places].filter((name) => name !== null);
  });
}
