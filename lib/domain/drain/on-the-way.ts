import { type CarefulRun, currentStep, isFollowed } from '../careful/careful-run';
import type { DrainProof, DrainVm } from './proof';

/** A proof while a careful run drains the host: what it moves at this moment does not block. */
export function withoutMoving(proof: DrainProof, run: CarefulRun | null): DrainProof {
  const step = run && currentStep(run);
  if (step === null || !isFollowed(step)) return proof;
  const moves = new Map(step.moves.map((move) => [move.vmId, move]));
  const vms = proof.vms.map((vm): DrainVm => {
    const move = vm.kind === 'blocks' && !vm.isUnplaced ? moves.get(vm.id) : undefined;
    if (move === undefined) return vm;
    return { ...vm, kind: move.live ? 'live' : 'off', text: `It is on its way to ${move.destination}.`, who: null };
  });
  return {
    ...proof,
    vms: [...vms.filter(({ kind }) => kind === 'blocks'), ...vms.filter(({ kind }) => kind !== 'blocks')],
  };
}
