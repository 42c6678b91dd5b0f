import type { Action, ActionPlan } from '@/lib/openstack/records';
import { endOfAction } from '../plans/action-ends';
import { readAction } from '../plans/actions';
import type { ByAction } from '../plans/steps';

/** What plans that nobody was asked about have moved. */

export type StartedRun = { plan: ActionPlan; actions: Action[]; happened: ByAction };

/** `back`: those of the VMs that were moved to a host that they had been moved away from. */
export type Moved = { vms: number; back: number };

/** @param runs oldest first @param hostNamed the same name for the same host, however an action names it */
export function countMoved(runs: StartedRun[], hostNamed: (name: string) => string): Moved {
  /** By VM, the hosts that it was moved away from. */
  const left = new Map<string, Set<string>>();
  const returned = new Set<string>();
  for (const { plan, actions, happened } of runs) {
    for (const action of actions) {
      const move = readAction(action);
      const became = happened.get(action.id) ?? null;
      if (move.kind !== 'migrate' || move.id === null || endOfAction(action, plan, became) !== 'done') continue;
      const known = left.get(move.id) ?? new Set<string>();
      const target = became?.destination ?? move.destination;
      if (target !== null && known.has(hostNamed(target))) returned.add(move.id);
      if (move.source !== null) known.add(hostNamed(move.source));
      left.set(move.id, known);
    }
  }
  return { vms: left.size, back: returned.size };
}
