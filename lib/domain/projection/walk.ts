import type { MoveProblem, Projection, Shutdown } from '@/lib/contract/v1/projection';
import type { MoveStep, SceneStep, ShutdownStep } from '@/lib/contract/v1/scene';
import { unreachable } from '../plans/actions';
import { isRunning } from './demand';
import {
  endWave,
  moveVm,
  positionOf,
  setStatus,
  shutDown,
  vmOf,
  type World,
  type WorldHost,
  type WorldVm,
} from './world';

/**
 * `now`: the load is that of now, so moves that are done are in it already. `plan-creation`: the load is that of the time
 * the plan was made, before any of its moves.
 */
export type Basis = Projection['basis'];

/** A move at its turn, before it is applied. */
export type WalkedMove<Vm extends WorldVm = WorldVm> = {
  step: MoveStep;
  /** undefined if Nova does not have it. */
  vm: Vm | undefined;
  /** Where the VM is by then. */
  from: string | null;
  /** Why the move is not, or not fully, part of the projection; null if it is. */
  problem: MoveProblem | null;
};

/** A VM that is taken out of service, at its turn. */
export type WalkedShutdown<Vm extends WorldVm = WorldVm> = {
  step: ShutdownStep;
  vm: Vm | undefined;
  host: string | null;
  problem: Shutdown['problem'];
};

type Visitor<Vm extends WorldVm, Result> = {
  basis: Basis;
  visit: (move: WalkedMove<Vm>) => Result;
  visitShutdown?: (shutdown: WalkedShutdown<Vm>) => void;
};

/** Work that pauses between its steps, so that whoever runs it can let others have their turn. */
export type Paused<Result> = Generator<undefined, Result>;

/** Runs such work without a pause. */
export function finish<Result>(work: Paused<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * Goes through a plan in execution order. Each move is shown to `visit` in the world that the actions before it leave, and
 * then applied. A VM may move more than once; each move starts where the one before ended.
 *
 * @returns what `visit` made of each move
 */
export const walkPlan = <Host extends WorldHost, Vm extends WorldVm, Result>(
  world: World<Host, Vm>,
  steps: SceneStep[],
  visitor: Visitor<Vm, Result>,
): Result[] => finish(walkInSteps(world, steps, visitor));

/** The same with a pause after each action. */
export function* walkInSteps<Host extends WorldHost, Vm extends WorldVm, Result>(
  world: World<Host, Vm>,
  steps: SceneStep[],
  { basis, visit, visitShutdown }: Visitor<Vm, Result>,
): Paused<Result[]> {
  const results: Result[] = [];
  let wave = 0;
  for (const step of steps) {
    if (step.wave !== wave) endWave(world);
    wave = step.wave;
    switch (step.kind) {
      case 'migrate': {
        const move = lookAt(world, step, basis);
        results.push(visit(move));
        apply(world, move, basis);
        break;
      }
      case 'shutdown': {
        const shutdown = lookAtShutdown(world, step, basis);
        visitShutdown?.(shutdown);
        if (shutdown.vm && shutdown.problem === null) shutDown(world, shutdown.vm, step.how);
        break;
      }
      case 'service':
        if (whyNotRun(step, basis) === null) setStatus(world, step.host, step.enable ? 'enabled' : 'disabled');
        break;
      case 'other':
        break;
      default:
        unreachable(step);
    }
    yield;
  }
  endWave(world);
  return results;
}

/** Whether a move with this problem takes place all the same, as far as is known. */
export const isApplied = (problem: MoveProblem | null): boolean =>
  problem === null || problem === 'no-destination' || problem === 'load-unknown';

type Over = 'done' | 'skipped' | 'failed' | 'cancelled';

const OVER: Record<string, Over> = {
  SKIPPED: 'skipped',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  CANCELLING: 'cancelled',
  DELETED: 'cancelled',
};

/** Why an action changes nothing any more, by Watcher's state; null if it will, or runs. */
function whyNotRun({ state }: Pick<SceneStep, 'state'>, basis: Basis): Over | null {
  return OVER[state] ?? (basis === 'now' && state === 'SUCCEEDED' ? 'done' : null);
}

/** The same for a move, about which Nova's word counts more than Watcher's. */
export function whyNoMove(step: MoveStep, basis: Basis): MoveProblem | null {
  switch (step.happened?.result) {
    case 'moved':
      return basis === 'now' ? 'done' : null;
    case 'running':
      return null;
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'never-started':
      return OVER[step.state] ?? 'never-started';
    case 'unknown':
    case undefined:
      return whyNotRun(step, basis);
  }
}

/** Whether Nova is running it. */
export const isUnderWay = (step: MoveStep): boolean =>
  step.happened?.result === 'running' || (step.state === 'ONGOING' && step.happened === null);

function lookAt<Host extends WorldHost, Vm extends WorldVm>(
  world: World<Host, Vm>,
  step: MoveStep,
  basis: Basis,
): WalkedMove<Vm> {
  const vm = vmOf(world, step.vm_id);
  const from = vm ? positionOf(world, vm) : null;
  return { step, vm, from, problem: whyNoMove(step, basis) ?? (vm ? problemOf(world, step, vm) : 'vm-gone') };
}

function lookAtShutdown<Host extends WorldHost, Vm extends WorldVm>(
  world: World<Host, Vm>,
  step: ShutdownStep,
  basis: Basis,
): WalkedShutdown<Vm> {
  const vm = vmOf(world, step.vm_id);
  const host = vm ? positionOf(world, vm) : null;
  return { step, vm, host, problem: whyNotRun(step, basis) ?? whyNotShutDown(vm, host, step) };
}

function whyNotShutDown(vm: WorldVm | undefined, host: string | null, { how }: ShutdownStep): Shutdown['problem'] {
  if (!vm) return 'vm-gone';
  // Deleting or shelving a VM that is off still takes it off its host.
  if (!isRunning(vm) && (how === 'stop' || host === null)) return 'already-off';
  return host === null ? 'host-unknown' : null;
}

/** Where a move ends: where Nova has moved the VM, else where the plan says. */
export const destinationOf = ({ happened, destination }: MoveStep): string | null =>
  happened?.result === 'moved' ? (happened.destination ?? destination) : destination;

function problemOf(world: World, step: MoveStep, vm: WorldVm): MoveProblem | null {
  const { source } = step;
  const destination = destinationOf(step);
  const from = positionOf(world, vm);
  if (source === null || !world.start.has(source)) return 'source-unknown';
  if (destination !== null && !world.start.has(destination)) return 'destination-unknown';
  // Nova refuses a move to where the VM is, even if the plan names that host as the source, too.
  if (destination !== null && from === destination) return 'already-there';
  if (from !== source) return 'vm-elsewhere';
  if (destination === null) return 'no-destination';
  return vm.cores === null ? 'load-unknown' : null;
}

function apply<Host extends WorldHost, Vm extends WorldVm>(
  world: World<Host, Vm>,
  { step, vm, problem }: WalkedMove<Vm>,
  basis: Basis,
): void {
  if (!vm || !isApplied(problem)) return;
  moveVm(world, vm, { to: destinationOf(step), underWay: basis === 'now' && isUnderWay(step) });
}
