import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp, formatThings } from '@/lib/format';
import type { Action } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { isAbandoned } from '../plans/abandoned';
import { isHarmless } from '../plans/actions';
import type { PlanCase } from './cases';
import { type Circumstances, explain, whyNoService } from './circumstances';
import { cancelledPlan, executedPlan, expiredPlan, failedPlan } from './plan-over';
import { resultOfPlan } from './plan-result';
import { emptyPlan, leftOverPlan } from './plan-without-actions';

/** Why a plan is in its state, if that is not obvious; null if there is nothing to explain. */
export function explainPlan(planCase: PlanCase, circumstances: Circumstances): Explanation | null {
  const { plan, actions } = planCase;
  switch (plan.state) {
    case 'SUCCEEDED':
      if (actions === null) return null;
      if (actions.length === 0) return emptyPlan(planCase, circumstances);
      return executedPlan(planCase, actions, circumstances) ?? (actions.every(isHarmless) ? testOnly(actions) : null);
    case 'FAILED':
      return failedPlan(planCase, actions, circumstances);
    case 'CANCELLED':
      return cancelledPlan(planCase, circumstances);
    case 'SUPERSEDED':
      return expiredPlan(planCase, circumstances);
    case 'PENDING':
      return pending(planCase, circumstances);
    case 'ONGOING':
    case 'CANCELLING':
      return running(planCase, circumstances);
    case 'RECOMMENDED':
      if (actions === null) return null;
      if (actions.length === 0) return leftOverPlan(planCase, circumstances);
      return actions.every(isHarmless) ? testOnly(actions) : null;
    default:
      return null;
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
        ? 'Check the log of watcher-applier, whether it is busy with another plan, and whether the message queue works.'
        : 'Wait: the applier picks up plans within seconds, unless it is busy with others.',
    certain: waits <= 5 * MINUTE_MS,
  });
}

function running({ plan, actions }: PlanCase, { now, services, happened }: Circumstances): Explanation | null {
  const down = whyNoService(services, 'watcher-applier');
  if (down) {
    return explain({
      code: 'applier-down',
      cause: 'It claims to be running, but no applier is up.',
      evidence: [down, resultOfPlan(plan, actions, happened)],
      next: 'Start watcher-applier: it cancels what was running. Then check in Nova what has moved.',
    });
  }
  const changes = (actions ?? []).map(({ updatedAt }) => updatedAt ?? 0);
  const last = Math.max(plan.updatedAt ?? plan.createdAt, ...changes);
  if (actions === null || now - last < HOUR_MS) return null;
  if (isAbandoned(plan, actions, now)) {
    return explain({
      code: 'running-long',
      cause: 'It was being cancelled when the applier ended, and stays so: nobody runs it.',
      evidence: [`The last change was at ${formatStamp(last)}.`, resultOfPlan(plan, actions, happened)],
      next: 'Nothing of it will run, and nothing waits for it here. Watcher can neither end nor archive it; check in Nova what has moved.',
      certain: false,
    });
  }
  return explain({
    code: 'running-long',
    cause: 'It is running, but nothing has changed for more than an hour.',
    evidence: [`The last change was at ${formatStamp(last)}.`, resultOfPlan(plan, actions, happened)],
    next: 'Check the running migration in Nova and the log of watcher-applier.',
    certain: false,
  });
}
