import type { SceneStep } from '@/lib/contract/v1/scene';
import type { Action } from '@/lib/openstack/records';
import type { HostIndex } from '../cluster/host-index';
import { toWaves } from './plan';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The actions of a plan in execution order, as far as they change where VMs are or may be. */
export function listSteps(actions: Action[], index: HostIndex): SceneStep[] {
  return toWaves(actions).flatMap((wave, position) =>
    wave.map((action): SceneStep => {
      const base = { action_id: action.id, wave: position, state: action.state };
      return action.type === 'migrate'
        ? { ...base, ...migration(action, index) }
        : { ...base, ...NOWHERE, ...serviceChange(action, index) };
    }),
  );
}

const NOWHERE: Omit<SceneStep, 'action_id' | 'wave' | 'state'> = {
  kind: 'other',
  vm_id: null,
  vm_name: null,
  live: false,
  source: null,
  source_known: false,
  destination: null,
  destination_known: false,
  destination_named: null,
};

function migration({ parameters }: Action, index: HostIndex): Omit<SceneStep, 'action_id' | 'wave' | 'state'> {
  const source = text(parameters.source_node);
  const destination = text(parameters.destination_node);
  const known = (name: string | null) => (name === null ? undefined : index.resolve(name));
  return {
    kind: 'migrate',
    vm_id: text(parameters.resource_id),
    vm_name: text(parameters.resource_name),
    live: (text(parameters.migration_type) ?? 'live') === 'live',
    source: known(source) ?? source,
    source_known: known(source) !== undefined,
    destination: known(destination) ?? destination,
    destination_known: known(destination) !== undefined,
    destination_named: destination !== null && known(destination) !== destination ? destination : null,
  };
}

/** Nova's service of a host is switched off before strategies empty the host, and on again by hand. */
function serviceChange({ type, parameters }: Action, index: HostIndex): Partial<SceneStep> {
  if (type !== 'change_nova_service_state') return {};
  const names = [text(parameters.resource_name), text(parameters.resource_id)].filter((name) => name !== null);
  const host = names.map((name) => index.resolve(name)).find((name) => name !== undefined);
  if (host === undefined) return {};
  const kind = text(parameters.state) === 'enabled' ? 'enable' : 'disable';
  return { kind, destination: host, destination_known: true };
}
