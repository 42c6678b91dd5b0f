import type { Refusal } from '@/lib/contract/v1/acts';
import type { Action, ActionPlan, LiveProgress } from '@/lib/openstack/records';
import type { PlanAction } from '../plans/actions';
import type { Release } from '../plans/release';
import { isOver } from '../plans/states';
import { refusal } from './refusal';

/** Whether a plan may be cancelled or archived, or one of its actions skipped, and why not. */

type OfPlan = { plan: ActionPlan; release: Release };

/** The state that cancels a plan in this state; null if none does. */
export function cancelledBy(state: string): 'CANCELLED' | 'CANCELLING' | null {
  if (state === 'RECOMMENDED' || state === 'PENDING') return 'CANCELLED';
  return state === 'ONGOING' ? 'CANCELLING' : null;
}

export function refuseCancel({ plan }: Pick<OfPlan, 'plan'>): Refusal[] {
  if (cancelledBy(plan.state) !== null) return [];
  const text =
    plan.state === 'CANCELLING' ? 'This plan is being cancelled already.' : `This plan is over: it is ${plan.state}.`;
  return [refusal('wrong-state', text)];
}

export function refuseArchive({ plan }: Pick<OfPlan, 'plan'>): Refusal[] {
  if (plan.state === 'RECOMMENDED' || (isOver(plan.state) && plan.state !== 'DELETED')) return [];
  const text =
    plan.state === 'DELETED'
      ? 'This plan is archived already.'
      : `Watcher archives only plans that neither run nor wait to run; this one is ${plan.state}.`;
  return [refusal('wrong-state', text)];
}

/** For a plan as a whole. */
export function refuseSkips({ plan, release }: OfPlan): Refusal[] {
  if (release.skips !== true) {
    const text = `This Watcher (${release.name ?? 'of an unknown release'}) can’t skip moves; that came with 2025.2.`;
    return [refusal('cannot-skip', text)];
  }
  if (plan.state === 'RECOMMENDED' || plan.state === 'PENDING') return [];
  return [refusal('wrong-state', `Actions can be skipped until a plan runs; this one is ${plan.state}.`)];
}

export function refuseSkip(facts: OfPlan, action: Action | undefined): Refusal[] {
  if (action === undefined) return [refusal('gone', 'The plan has no action with this id.')];
  if (action.state === 'PENDING') return refuseSkips(facts);
  const text = `Only an action that has not begun can be skipped; this one is ${action.state}.`;
  return [...refuseSkips(facts), refusal('wrong-state', text)];
}

/** What cancelling a plan that has not begun will do, a sentence each; what stopping a run does is said by the run. */
export function describeCancelling(state: string): string[] {
  switch (state) {
    case 'RECOMMENDED':
      return ['The plan is refused: nobody can start it any more.'];
    case 'PENDING':
      return ['The plan is taken out of the queue. If an applier has just picked it up, it may run all the same.'];
    default:
      return [];
  }
}

/** @param running the VM's migration that Nova has not finished; null if there is none */
export function refuseAbort(move: PlanAction, running: LiveProgress | null): Refusal[] {
  if (move.kind !== 'migrate') return [refusal('wrong-state', 'Only a move can be aborted.')];
  if (!move.live) return [refusal('wrong-state', 'Nova can’t abort the move of a VM that is off.')];
  if (running === null) return [refusal('wrong-state', 'Nova runs no live migration of this VM.')];
  if (running.status === 'post-migrating' || running.status === 'completed')
    return [refusal('wrong-state', 'The VM is switching over already: it is too late to abort.')];
  return [];
}
