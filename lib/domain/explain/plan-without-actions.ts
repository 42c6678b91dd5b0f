import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import { MINUTE_MS } from '@/lib/units';
import type { PlanCase } from './cases';
import {
  type Circumstances,
  explain,
  explainNotOnPrometheus,
  whatStrategyLacks,
  whyNotOnPrometheus,
} from './circumstances';

/** Why a plan has no actions. */

/** Watcher closes a plan without actions at once. */
export function emptyPlan(planCase: PlanCase, circumstances: Circumstances): Explanation {
  const { plan, audit } = planCase;
  if (audit?.state === 'FAILED') return leftOver(planCase);
  const strategy = plan.strategy ?? audit?.strategy ?? null;
  const lacks = whatStrategyLacks(circumstances.strategies, strategy);
  const notHere = whyNotOnPrometheus(strategy);
  if (notHere !== null) return explainNotOnPrometheus(notHere, ['The plan has no actions.', ...lacks]);
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
    cause: 'The strategy proposed nothing: Watcher marks an empty plan as succeeded at once.',
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

/** A planner writes its plan before the actions, so this is all that may be seen of one that is being made. */
const PLANNING_MS = 5 * MINUTE_MS;

/** A plan that waits for approval without an action; null if it may still be in the making. */
export function leftOverPlan(planCase: PlanCase, { now }: Circumstances): Explanation | null {
  const { plan, audit } = planCase;
  if (audit?.state === 'FAILED') return leftOver(planCase);
  if (now - plan.createdAt < PLANNING_MS) return null;
  return explain({
    code: 'left-over',
    cause: 'It has no actions, so there is nothing to approve. Its planner seems to have failed.',
    evidence: [made(planCase), 'Watcher closes empty plans at once, but not this one.'],
    next: 'Archive the plan, and run the audit again. The log of watcher-decision-engine has the error.',
    certain: false,
  });
}

function leftOver(planCase: PlanCase): Explanation {
  return explain({
    code: 'left-over',
    cause: 'Its audit failed before the plan got any actions: there is nothing to approve.',
    evidence: [made(planCase), 'The plan has no actions, and the audit is FAILED.'],
    next: 'Archive the plan. The audit’s explanation says where to look for the reason.',
  });
}

const made = ({ plan }: PlanCase): string => `It was made at ${formatStamp(plan.createdAt)}.`;
