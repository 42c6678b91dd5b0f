import type { PlanFacts } from './facts';

/**
 * What a person decides by, as text: two checks with the same text show the same plan, moves and VMs. Loads are left out,
 * since they change all the time.
 */
export function seenIn({ plan, actions, moves, shutdowns }: PlanFacts): string {
  return JSON.stringify([
    plan.id,
    plan.state,
    actions.map(({ id, state }) => [id, state]),
    moves.map(({ key, vm_id: vm, source, destination, problem, verdict, must_not_move: grounds }) => [
      key,
      vm,
      source,
      destination,
      problem,
      verdict === 'would-fail',
      grounds !== undefined,
    ]),
    shutdowns.map(({ action_id: id, vm_id: vm, problem }) => [id, vm, problem]),
  ]);
}
