import type { MoveStep, Scene, SceneStep, SceneVm, ShutdownStep } from '@/lib/contract/v1/scene';
import type { ReviewResult } from '@/lib/contract/v1/verdicts';
import { isMove } from '../plans/steps';
import { isApplied, isUnderWay } from '../projection/walk';
import { isOpenStep } from './variant-steps';

/** One step of a unit that takes place, as far as is known. */
type Hop = { from: string; to: string | null };

/** The moves of one VM that can be left out, together: a second move starts where the first ends. */
export type Unit = {
  vm: SceneVm | undefined;
  vmId: string;
  vmName: string;
  /** Numbers of its moves, in execution order. */
  numbers: number[];
  hops: Hop[];
  /** Every host that it touches. */
  places: string[];
  /** Whether one of its moves would fail even if the whole plan ran. */
  fails: boolean;
  /** Bytes that live migrations copy; null if unknown. */
  ramToCopy: number | null;
};

/**
 * The units of a plan in execution order.
 *
 * @param whole the review of the plan with every move that can run
 */
export function listUnits(scene: Scene, whole: ReviewResult): Unit[] {
  const vms = new Map(scene.vms.map((vm) => [vm.id, vm]));
  const bound = new Set(scene.steps.flatMap((step) => (isBinding(step) ? [step.vm_id] : [])));
  const units = new Map<string, Unit>();
  scene.steps.filter(isMove).forEach((step, at) => {
    const move = whole.moves[at];
    if (!move || move.change === 'left-out' || !isOpenStep(step) || bound.has(step.vm_id)) return;
    const { vm_id: vmId, vm_name: vmName, source, destination, problem, verdict } = move;
    const vm = vms.get(vmId);
    // A move without a VM stands for itself.
    const key = vmId === '' ? String(at) : vmId;
    const unit = units.get(key) ?? { vm, vmId, vmName, numbers: [], hops: [], places: [], fails: false, ramToCopy: 0 };
    units.set(key, unit);
    unit.numbers.push(at + 1);
    if (verdict === 'would-fail') unit.fails = true;
    if (source === null || !isApplied(problem)) return;
    unit.hops.push({ from: source, to: destination });
    for (const place of [source, destination]) {
      if (place !== null && !unit.places.includes(place)) unit.places.push(place);
    }
    const copied = move.live ? (vm?.ram ?? null) : 0;
    unit.ramToCopy = unit.ramToCopy === null || copied === null ? null : unit.ramToCopy + copied;
  });
  return [...units.values()];
}

/** A VM that moves already, or that the plan also takes out of service, has no place in an order of worth. */
const isBinding = (step: SceneStep): step is MoveStep | ShutdownStep =>
  step.kind === 'shutdown' || (isMove(step) && isUnderWay(step));

export const arrivesAt = ({ hops }: Unit, host: string): boolean => hops.some(({ to }) => to === host);

export const leaves = ({ hops }: Unit, host: string): boolean => hops.some(({ from }) => from === host);
