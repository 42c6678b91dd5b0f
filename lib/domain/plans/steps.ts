import type { MoveStep, SceneStep } from '@/lib/contract/v1/scene';
import type { Action } from '@/lib/openstack/records';
import type { HostIndex } from '../cluster/host-index';
import { type Migrate, readAction, unreachable } from './actions';
import { toWaves } from './waves';

/** The actions of a plan in execution order, with hosts under their names in Nova. */
export function listSteps(actions: Action[], index: HostIndex): SceneStep[] {
  return toWaves(actions).flatMap((wave, position) => wave.map((action) => toStep(action, position, index)));
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
export const listMoves = (actions: Action[], index: HostIndex): MoveStep[] => listSteps(actions, index).filter(isMove);

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
  };
}

const resolve = (name: string | null, index: HostIndex): string | undefined =>
  name === null ? undefined : index.resolve(name);
