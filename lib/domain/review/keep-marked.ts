import type { MoveStep, Scene, SceneVm } from '@/lib/contract/v1/scene';
import { isMove } from '../plans/steps';
import type { Variant } from './variant';
import { isOpenStep } from './variant-steps';

/** VMs that must not move stay: a plan is reviewed, and started, without their moves, unless a person names them. */

type Marked = { step: MoveStep; number: number };

function listMarked({ steps, vms }: Pick<Scene, 'steps' | 'vms'>): Marked[] {
  const marked = new Set(vms.flatMap((vm) => (isMarked(vm) ? [vm.id] : [])));
  if (marked.size === 0) return [];
  return steps.filter(isMove).flatMap((step, at) => (marked.has(step.vm_id ?? '') ? [{ step, number: at + 1 }] : []));
}

const isMarked = ({ must_not_move: grounds }: SceneVm): boolean => grounds !== undefined && grounds.length > 0;

/**
 * The variant with the moves of marked VMs left out, but for VMs of which a person named a move. A consolidation does not
 * close the hosts that such VMs stay on, or nobody would open them again.
 */
export function keepMarked(scene: Pick<Scene, 'steps' | 'vms' | 'whole_hosts'>, variant: Variant): Variant {
  const marked = listMarked(scene);
  const named = new Set(marked.flatMap(({ step, number }) => (variant.anyway.has(number) ? [step.vm_id] : [])));
  const kept = marked.filter(({ step }) => isOpenStep(step) && !named.has(step.vm_id));
  if (kept.length === 0) return variant;
  const off = new Set([...variant.off, ...kept.map(({ number }) => number)]);
  const hosts = new Set(scene.whole_hosts ? kept.map(({ step }) => step.source) : []);
  return { ...variant, off, skip: new Set([...variant.skip, ...closingOf(scene, hosts)]) };
}

/** Numbers of the actions that close these hosts. */
const closingOf = ({ steps }: Pick<Scene, 'steps'>, hosts: ReadonlySet<string | null>): number[] =>
  steps
    .filter((step) => !isMove(step))
    .flatMap((step, at) =>
      step.kind === 'service' && !step.enable && hosts.has(step.host) && isOpenStep(step) ? [at + 1] : [],
    );

/** Numbers of all open moves of a VM. */
const movesOfVm = ({ steps }: Pick<Scene, 'steps'>, vmId: string): number[] =>
  steps.filter(isMove).flatMap((step, at) => (step.vm_id === vmId && isOpenStep(step) ? [at + 1] : []));

/** The variant with the moves of a marked VM named, or no longer named. */
export function nameAnyway(
  scene: Pick<Scene, 'steps'>,
  variant: Variant,
  { vmId, run }: { vmId: string; run: boolean },
): Variant {
  const [off, anyway] = [new Set(variant.off), new Set(variant.anyway)];
  for (const number of movesOfVm(scene, vmId)) {
    off.delete(number);
    if (run) anyway.add(number);
    else anyway.delete(number);
  }
  return { ...variant, off, anyway };
}
