import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp, formatThings } from '@/lib/format';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { isHarmless } from '../plans/actions';
import { replacementOf } from '../plans/replacement';
import { type Circumstances, explain, whatStrategyLacks, whyNoService } from './circumstances';

export type PlanCase = {
  plan: ActionPlan;
  /** null if they were not read. */
  actions: Action[] | null;
  audit: Audit | null;
  /** All plans of the audit, newest first. */
  siblings: ActionPlan[];
};

/** Why a plan is in its state, if that is not obvious; null if there is nothing to explain. */
export function explainPlan(planCase: PlanCase, circumstances: Circumstances): Explanation | null {
  const { plan, actions } = planCase;
  switch (plan.state) {
    case 'SUCCEEDED':
      if (actions === null) return null;
      return actions.length === 0 ? nothingToDo(planCase, circumstances) : executed(planCase, actions);
    case 'FAILED':
      return failed(planCase, actions);
    case 'CANCELLED':
      return cancelled(planCase, circumstances);
    case 'SUPERSEDED':
      return expired(planCase, circumstances);
    case 'PENDING':
      return pending(planCase, circumstances);
    case 'ONGOING':
    case 'CANCELLING':
      return running(planCase, circumstances);
    default:
      return plan.state === 'RECOMMENDED' && actions !== null && actions.length > 0 && actions.every(isHarmless)
        ? testOnly(actions)
        : null;
  }
}

function testOnly(actions: Action[]): Explanation {
  return explain({
    code: 'test-only',
    cause: 'The plan changes nothing: it only logs messages and waits.',
    evidence: [
      `${formatThings(actions.length, 'action')} of type ${[...new Set(actions.map(({ type }) => type))].join(' and ')}.`,
    ],
    next: 'Nothing to do. The plans of dummy strategies show that Watcher works.',
  });
}

function nothingToDo({ plan, audit }: PlanCase, circumstances: Circumstances): Explanation {
  const strategy = plan.strategy ?? audit?.strategy ?? null;
  const lacks = whatStrategyLacks(circumstances.strategies, strategy);
  if (lacks.length > 0) {
    return explain({
      code: 'strategy-lacks',
      cause: 'The strategy found nothing to do, and it lacks the data that it decides by.',
      evidence: lacks,
      next: 'Provide the missing data and run the audit again. The doctor shows which link is broken.',
      certain: false,
    });
  }
  const { threshold, thresholds } = audit?.parameters ?? {};
  const limits =
    threshold !== undefined
      ? `threshold ${JSON.stringify(threshold)}`
      : thresholds !== undefined
        ? `thresholds ${JSON.stringify(thresholds)}`
        : null;
  return explain({
    code: 'nothing-to-do',
    cause: 'The strategy found nothing to do: Watcher marks an empty plan as succeeded at once.',
    evidence: [
      'The plan has no actions.',
      limits && `The audit ran with ${limits}.`,
      audit && audit.scope.length > 0 ? 'Its scope excludes part of the cluster.' : null,
    ],
    next: limits
      ? 'If the cluster is not as even as it should be, lower the thresholds or widen the scope, and run it again.'
      : 'If the cluster is not as it should be, check the parameters and the scope, and run it again.',
  });
}

const count = (actions: Action[], ...states: string[]) => actions.filter(({ state }) => states.includes(state)).length;

/** The result of an executed plan, judged by its actions: Watcher calls plans SUCCEEDED that failed in part. */
export function resultOfPlan(plan: ActionPlan, actions: Action[] | null): string | null {
  if (actions === null || !['SUCCEEDED', 'FAILED', 'CANCELLED', 'ONGOING', 'CANCELLING'].includes(plan.state))
    return null;
  if (actions.length === 0) return 'Nothing to do.';
  const done = count(actions, 'SUCCEEDED');
  const running = plan.state === 'ONGOING' || plan.state === 'CANCELLING';
  const parts: [number, string][] = [
    [count(actions, 'FAILED'), 'failed'],
    [count(actions, 'SKIPPED'), 'skipped'],
    [count(actions, 'CANCELLED', 'CANCELLING'), 'cancelled'],
    [count(actions, 'ONGOING'), running ? 'running' : 'interrupted'],
    [count(actions, 'PENDING'), running ? 'to come' : 'never started'],
  ];
  const rest = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${[`${done} of ${actions.length} actions done`, ...rest].join(', ')}.`;
}

function executed({ plan }: PlanCase, actions: Action[]): Explanation | null {
  const bad = actions.filter(({ state }) => state !== 'SUCCEEDED' && state !== 'SKIPPED');
  if (bad.length === 0) return actions.every(isHarmless) ? testOnly(actions) : null;
  return explain({
    code: 'succeeded-with-failures',
    cause: 'Watcher reports success, but some actions did not succeed: older releases do that.',
    evidence: [resultOfPlan(plan, actions), ...messagesOf(bad)],
    next: 'Judge it by its actions. Look for the reason in the log of watcher-applier and in Nova’s migrations of these VMs.',
  });
}

function failed({ plan }: PlanCase, actions: Action[] | null): Explanation {
  const left = actions ? count(actions, 'ONGOING', 'PENDING') : 0;
  const broken = actions !== null && left > 0 && count(actions, 'FAILED') === 0;
  return explain({
    code: broken ? 'left-behind' : 'plan-failed',
    cause: broken
      ? 'The plan was interrupted, for example by cancelling it: actions that are still ONGOING or PENDING will not run.'
      : 'At least one action failed. Watcher still runs the actions after a failed one.',
    evidence: [resultOfPlan(plan, actions), plan.statusMessage, ...messagesOf(actions ?? [])],
    next: 'Watcher rolls nothing back. Run the audit again for the rest. Nova may still finish a move that Watcher gave up on.',
    certain: !broken,
  });
}

function messagesOf(actions: Action[]): string[] {
  const failedOnes = actions.filter(({ state, statusMessage }) => state === 'FAILED' && statusMessage !== null);
  return [...new Set(failedOnes.map(({ statusMessage }) => statusMessage ?? ''))].slice(0, 3);
}

function cancelled(planCase: PlanCase, circumstances: Circumstances): Explanation {
  const { plan, actions } = planCase;
  const replaced = replacementOf(planCase);
  if (replaced) {
    return explain({
      code: 'replaced',
      cause: 'The next run of the continuous audit made a new plan and cancelled this one.',
      evidence: [`The newer plan was made at ${formatStamp(replaced.createdAt)}.`],
      next: 'See the newest plan. To use a plan, start it before the next run.',
    });
  }
  const begun = actions !== null && count(actions, 'SUCCEEDED', 'FAILED', 'ONGOING') > 0;
  return explain({
    code: 'cancelled-by-hand',
    cause: begun
      ? 'It was stopped while it ran: by an admin, or by a restart of watcher-applier, which cancels running plans.'
      : 'It was cancelled before it ran, most likely by an admin.',
    evidence: [
      resultOfPlan(plan, begun ? actions : null),
      plan.statusMessage,
      plan.updatedAt === null ? null : `Cancelled at ${formatStamp(plan.updatedAt)}.`,
      whyNoService(circumstances.services, 'watcher-applier'),
    ],
    next: 'Run the audit again for a current plan.',
    certain: false,
  });
}

function expired(planCase: PlanCase, { expiryMs }: Circumstances): Explanation {
  const { plan } = planCase;
  const replaced = replacementOf(planCase);
  return explain({
    code: 'expired',
    cause: 'Nobody started it in time: Watcher expires plans that wait too long.',
    evidence: [
      `It was made at ${formatStamp(plan.createdAt)} and could wait for ${Math.round(expiryMs / HOUR_MS)} hours.`,
      replaced && `A newer plan was made at ${formatStamp(replaced.createdAt)}.`,
    ],
    next: 'Run the audit again. Watcher’s option [watcher_decision_engine] action_plan_expiry sets how long plans may wait.',
  });
}

function pending({ plan }: PlanCase, { now, services }: Circumstances): Explanation {
  const waits = now - (plan.updatedAt ?? plan.createdAt);
  const down = whyNoService(services, 'watcher-applier');
  if (down) {
    return explain({
      code: 'applier-down',
      cause: 'It was started, but no applier is up to run it.',
      evidence: [down],
      next: 'Start watcher-applier; it picks up the plan automatically.',
    });
  }
  return explain({
    code: 'start-pending',
    cause: 'It was started, but the applier has not picked it up yet.',
    evidence: [
      `It has been waiting since ${formatStamp(now - waits)}.`,
      services === null ? 'Watcher’s services were not read.' : null,
    ],
    next:
      waits > 5 * MINUTE_MS
        ? 'Check the log of watcher-applier, and whether the message queue works.'
        : 'Wait: the applier picks up plans within seconds.',
    certain: waits <= 5 * MINUTE_MS,
  });
}

function running({ plan, actions }: PlanCase, { now, services }: Circumstances): Explanation | null {
  const down = whyNoService(services, 'watcher-applier');
  if (down) {
    return explain({
      code: 'applier-down',
      cause: 'It claims to be running, but no applier is up.',
      evidence: [down, resultOfPlan(plan, actions)],
      next: 'Start watcher-applier: it cancels what was running. Then check in Nova what has moved.',
    });
  }
  const changes = (actions ?? []).map(({ updatedAt }) => updatedAt ?? 0);
  const last = Math.max(plan.updatedAt ?? plan.createdAt, ...changes);
  if (actions === null || now - last < HOUR_MS) return null;
  return explain({
    code: 'running-long',
    cause: 'It is running, but nothing has changed for more than an hour.',
    evidence: [`The last change was at ${formatStamp(last)}.`, resultOfPlan(plan, actions)],
    next: 'Check the running migration in Nova and the log of watcher-applier.',
    certain: false,
  });
}
