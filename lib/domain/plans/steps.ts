import type { Happened } from '@/lib/contract/v1/happened';
import type { MoveStep, SceneStep } from '@/lib/contract/v1/scene';
import type { Action } from '@/lib/openstack/records';
import type { HostIndex } from '../cluster/host-index';
import { type Migrate, readAction, unreachable } from './actions';
import { toWaves } from './waves';

/** What became of actions, by their ids. */
export type ByAction = ReadonlyMap<string, Happened>;

const NONE: ByAction = new Map();

/**
 * The actions of a plan in execution order, with hosts under their names in Nova, and what became of them.
 * Waves are numbered from 1.
 */
export function listSteps(actions: Action[], index: HostIndex, happened: ByAction = NONE): SceneStep[] {
  return toWaves(actions).flatMap((wave, before) =>
    wave.map((action) => {
      const step = toStep(action, before + 1, index);
      return isMove(step) ? { ...step, happened: happened.get(action.id) ?? null } : step;
    }),
  );
}

/** Ids of the VMs whose load steps move or end, without duplicates. */
export function idsOfSteps(steps: SceneStep[]): Set<string> {
  return new Set(
    steps.flatMap((step) =>
      (step.kind === 'migrate' || step.kind === 'shutdown') && step.vm_id !== null ? [step.vm_id] : [],
    ),
  );
}

/** Only the steps that migrate a VM. */
export const listMoves = (actions: Action[], index: HostIndex, happened: ByAction = NONE): MoveStep[] =>
  listSteps(actions, index, happened).filter(isMove);

/** Whether the VM has moved: Nova decides, and Watcher where Nova says nothing. */
export const isDone = ({ state, happened }: MoveStep): boolean =>
  happened === null || happened.result === 'unknown' ? state === 'SUCCEEDED' : happened.result === 'moved';

export const isMove = (step: SceneStep): step is MoveStep => step.kind === 'migrate';

function toStep(action: Action, wave: number, index: HostIndex): SceneStep {
  const base = { action_id: action.id, wave, state: action.state, status_message: action.statusMessage };
  const read = readAction(action);
  switch (read.kind) {
    case 'migrate':
      return { ...base, ...toMove(read, index) };
    case 'service': {
      const host = [read.name, read.id].map((name) => resolve(name, index)).find((name) => name !== undefined);
      return host === undefined ? { ...base, kind: 'other' } : { ...base, kind: 'service', host, enable: read.enable };
    }
    case 'shutdown':
      return { ...base, kind: 'shutdown', how: read.how, vm_id: read.id, vm_name: read.name };
    // These move no VM. What else they change is not part of the projection.
    case 'power':
    case 'resize':
    case 'volume-migrate':
    case 'sleep':
    case 'nop':
    case 'other':
      return { ...base, kind: 'other' };
    default:
      return unreachable(read);
  }
}

function toMove({ id, name, live, source, destination }: Migrate, index: HostIndex) {
  const from = resolve(source, index);
  const to = resolve(destination, index);
  return {
    kind: 'migrate' as const,
    vm_id: id,
    vm_name: name,
    live,
    source: from ?? source,
    destination: to ?? destination,
    destination_named: to === undefined || to === destination ? null : destination,
    happened: null,
  };
}

const resolve = (name: string | null, index: HostIndex): string | undefined =>
  name === null ? undefined : index.resolve(name);
