import type { Refusal } from '@/lib/contract/v1/acts';
import { formatNames, formatThings } from '@/lib/format';
import { isMigration } from '../plans/actions';
import { movesToRun, type PlanFacts } from './facts';
import { refusal } from './refusal';
import { NO_CHOICE, refuseStart } from './start';

/** Whether the moves of a plan may be carried out in a careful run, and why not. */

type Circumstances = {
  /** Whether this cloud offers the strategy that runs a list of actions; null if it is not known. */
  hasActuator: boolean | null;
  /** Whether a careful run of this plan has not ended. */
  isUnderWay: boolean;
};

/** All reasons, the hardest first. Nothing is skipped, so that every release of Watcher will do. */
export function refuseCareful(facts: PlanFacts, { hasActuator, isUnderWay }: Circumstances): Refusal[] {
  const asStarted = refuseStart(facts, NO_CHOICE)
    .filter(({ code }) => code !== 'cannot-skip' && code !== 'must-not-move')
    // A run that waits behind another plan would measure what that one does.
    .map((reason) => ({ ...reason, override: null }));
  const own = [
    isUnderWay ? refusal('careful-run', 'A careful run of this plan is under way.') : null,
    whyNoActuator(hasActuator),
    whyOthers(facts),
    whyNoTarget(facts),
  ].filter((reason) => reason !== null);
  return [...own, ...asStarted];
}

function whyNoActuator(hasActuator: boolean | null): Refusal | null {
  if (hasActuator === true) return null;
  const text =
    hasActuator === null
      ? 'Watcher does not say whether it has the strategy actuator, which a careful run needs.'
      : 'A careful run needs the strategy actuator, which this Watcher does not offer.';
  return refusal('not-offered', text);
}

function whyOthers({ actions, leftOut }: PlanFacts): Refusal | null {
  const others = actions.filter((one) => !isMigration(one) && one.state === 'PENDING' && !leftOut.includes(one.id));
  if (others.length === 0) return null;
  const text = `A careful run only moves VMs; this plan has ${formatThings(others.length, 'action')} of other types.`;
  return refusal('other-actions', text);
}

function whyNoTarget(facts: PlanFacts): Refusal | null {
  const open = movesToRun(facts).filter(({ destination, source }) => destination === null || source === null);
  if (open.length === 0) return null;
  const names = formatNames(open.map(({ vm_name: name }) => name));
  const text = `A careful run needs a target for each VM; the plan leaves that of ${names} to Nova.`;
  return refusal('other-actions', text, { moves: open.map(({ key }) => key) });
}
