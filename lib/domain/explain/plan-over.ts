import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp, formatThings } from '@/lib/format';
import type { Action } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { isMigration } from '../plans/actions';
import { replacementOf } from '../plans/replacement';
import type { ByAction } from '../plans/steps';
import type { PlanCase } from './cases';
import { type Circumstances, explain, whyNoService } from './circumstances';
import { countStates, messagesOf, resultOfPlan, whatNovaDid } from './plan-result';

/** How a plan ended: executed, failed, cancelled or expired. */

/** Of a plan that Watcher calls SUCCEEDED; null if everything was done. */
export function executedPlan(
  { plan }: PlanCase,
  actions: Action[],
  { release, happened }: Circumstances,
): Explanation | null {
  const bad = actions.filter(({ state }) => state !== 'SUCCEEDED' && state !== 'SKIPPED');
  if (bad.length > 0) {
    const older = release.failsPlans === null ? ': older releases do that' : '';
    return explain({
      code: 'succeeded-with-failures',
      cause: `Watcher reports success, but some actions did not succeed${older}.`,
      evidence: [
        resultOfPlan(plan, actions, happened),
        ...whatNovaDid(actions, happened),
        ...messagesOf(bad, 'FAILED'),
      ],
      next: 'Judge it by its actions. Look for the reason in the log of watcher-applier and in Nova’s migrations of these VMs.',
    });
  }
  const skipped = countStates(actions, 'SKIPPED');
  if (skipped === 0) return null;
  return explain({
    code: 'actions-skipped',
    cause:
      skipped === actions.length
        ? 'All its actions were skipped, so the plan changed nothing. Watcher calls that a success.'
        : `No action failed, but ${skipped} of ${actions.length} ${skipped === 1 ? 'was' : 'were'} skipped.`,
    evidence: [resultOfPlan(plan, actions, happened), ...messagesOf(actions, 'SKIPPED')],
    next: 'If you still want what was skipped, run the audit again for a current plan.',
  });
}

/** Watcher runs the actions after a failed one, in every release; only an interruption leaves actions behind. */
export function failedPlan(
  { plan }: PlanCase,
  actions: Action[] | null,
  { release, happened }: Circumstances,
): Explanation {
  const result = resultOfPlan(plan, actions, happened);
  if (actions === null) {
    return explain({
      code: 'plan-failed',
      cause: 'At least one action failed, or the plan was interrupted. Its actions were not read.',
      evidence: [plan.statusMessage],
      next: 'Look at its actions: their states say which of the two it was.',
      certain: false,
    });
  }
  const [bad, left] = [countStates(actions, 'FAILED'), countStates(actions, 'ONGOING', 'PENDING')];
  const nova = whatNovaDid(actions, happened);
  if (left > 0) {
    return explain({
      code: 'left-behind',
      cause: `The plan was interrupted${release.letsMovesEnd === false ? ', as by cancelling it in this release of Watcher' : ''}: ${nova.length > 0 ? 'what was ONGOING or PENDING then stays so in Watcher, whatever Nova does' : 'actions that are still ONGOING or PENDING will not run'}.`,
      evidence: [result, ...nova, plan.statusMessage, ...messagesOf(actions, 'FAILED')],
      next: `Watcher rolls nothing back. Run the audit again for the rest.${whatMayCome(actions, happened)}`,
      certain: false,
    });
  }
  return explain({
    code: 'plan-failed',
    cause:
      bad > 0
        ? `${formatThings(bad, 'action')} failed. Watcher does not stop at a failed action: it went on with the others.`
        : 'Watcher calls it failed, although none of its actions failed.',
    evidence: [
      result,
      ...nova,
      plan.statusMessage,
      ...messagesOf(actions, 'FAILED'),
      ...messagesOf(actions, 'SKIPPED'),
    ],
    next: `Nothing is left to run, and Watcher rolls nothing back. Find the reason, then run the audit again for a new plan.${whatMayCome(actions, happened)}`,
    certain: bad > 0,
  });
}

/** Nova ends what it has begun, whether Watcher waits for it or not; nothing where it has ended everything. */
function whatMayCome(actions: Action[], happened: ByAction): string {
  const moves = actions.filter(isMigration);
  const isEnded = ({ id }: Action) => !['running', 'unknown', undefined].includes(happened.get(id)?.result);
  return moves.every(isEnded) ? '' : ' Nova may still finish a move that Watcher gave up on.';
}

export function cancelledPlan(planCase: PlanCase, circumstances: Circumstances): Explanation {
  const { plan, actions } = planCase;
  const { happened } = circumstances;
  const replaced = replacementOf(planCase);
  if (replaced) {
    return explain({
      code: 'replaced',
      cause: 'The next run of the continuous audit made a new plan and cancelled this one.',
      evidence: [`The newer plan was made at ${formatStamp(replaced.createdAt)}.`],
      next: 'See the newest plan. To use a plan, start it before the next run.',
    });
  }
  const nova = actions === null ? [] : whatNovaDid(actions, happened);
  const begun = actions !== null && (countStates(actions, 'SUCCEEDED', 'FAILED', 'ONGOING') > 0 || nova.length > 0);
  const ran = begun
    ? 'It was stopped while it ran: by cancelling it, or by a restart of watcher-applier, which cancels running plans.'
    : 'It was cancelled before any action ran.';
  return explain({
    code: 'cancelled',
    cause: actions === null ? 'It was cancelled; Watcher does not record by whom.' : `${ran} ${WHO}`,
    evidence: [
      resultOfPlan(plan, begun ? actions : null, happened),
      ...nova,
      plan.statusMessage,
      plan.updatedAt === null ? null : `Cancelled at ${formatStamp(plan.updatedAt)}.`,
      whyNoService(circumstances.services, 'watcher-applier'),
    ],
    next: 'Run the audit again for a current plan.',
  });
}

const WHO = 'Watcher does not record by whom.';

export function expiredPlan(planCase: PlanCase, { expiryMs }: Circumstances): Explanation {
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
