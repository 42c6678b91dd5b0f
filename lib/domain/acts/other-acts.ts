import type { Refusal } from '@/lib/contract/v1/acts';
import type { Action, ActionPlan } from '@/lib/openstack/records';
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

/** What cancelling will do and won't stop, a sentence each. */
export function describeCancelling({ plan: { state }, release }: OfPlan): string[] {
  if (state === 'RECOMMENDED') return ['The plan is refused: nobody can start it any more.'];
  if (state === 'PENDING')
    return ['The plan is taken out of the queue. If an applier has just picked it up, it may run all the same.'];
  if (state !== 'ONGOING') return [];
  const kept = 'What has moved stays where it is.';
  if (release.letsMovesEnd === true)
    return ['Moves that run go to their end. What has not begun does not begin.', kept];
  if (release.letsMovesEnd === false)
    return [
      'Watcher asks Nova to abort the live moves that run: those VMs stay on their source. Cold moves can’t be aborted. What has not begun does not begin.',
      kept,
    ];
  return ['What has not begun does not begin. Whether moves that run go to their end depends on the release.', kept];
}
