import type { ShutdownWay } from '@/lib/contract/v1/projection';
import type { Action } from '@/lib/openstack/records';

/** What an action acts on, as Watcher names it: an id, and a name if the release sends one. */
type Target = { id: string | null; name: string | null };

export type Migrate = Target & {
  kind: 'migrate';
  /** Otherwise cold. */
  live: boolean;
  /** As the action spells it: a host name, FQDN or hypervisor uuid, depending on strategy and release. */
  source: string | null;
  /** null if the scheduler chooses. */
  destination: string | null;
};

/**
 * What one action of a plan does. Watcher's action types and parameter names end here. To add a kind, add a member to this
 * union and a row to `READERS`; the compiler then lists every switch that needs it.
 */
export type PlanAction =
  | Migrate
  /** Enables or disables a host for new VMs. */
  | (Target & { kind: 'service'; enable: boolean; reason: string | null })
  | (Target & { kind: 'power'; on: boolean })
  | (Target & { kind: 'resize'; flavor: string | null })
  /** Takes a VM out of service. */
  | (Target & { kind: 'shutdown'; how: ShutdownWay })
  | (Target & { kind: 'volume-migrate'; way: string | null; pool: string | null; volumeType: string | null })
  | (Target & { kind: 'sleep'; seconds: number | null })
  | (Target & { kind: 'nop'; message: string | null })
  /** A type that this version does not know. */
  | (Target & { kind: 'other'; type: string; parameters: Record<string, unknown> });

type Parameters = Action['parameters'];
/** Each member of the union without its target. */
type Own<Union> = Union extends unknown ? Omit<Union, keyof Target> : never;

/** By Watcher's action type. Parameters: watcher/applier/actions/*.py */
const READERS: Record<string, (parameters: Parameters) => Own<PlanAction>> = {
  migrate: (parameters) => ({
    kind: 'migrate',
    live: (text(parameters.migration_type) ?? 'live') === 'live',
    source: text(parameters.source_node),
    destination: text(parameters.destination_node),
  }),
  change_nova_service_state: ({ state, disabled_reason: reason }) => ({
    kind: 'service',
    enable: state === 'enabled',
    reason: text(reason),
  }),
  change_node_power_state: ({ state }) => ({ kind: 'power', on: state === 'on' }),
  resize: ({ flavor }) => ({ kind: 'resize', flavor: text(flavor) }),
  stop: () => ({ kind: 'shutdown', how: 'stop' }),
  shelve: () => ({ kind: 'shutdown', how: 'shelve' }),
  delete: () => ({ kind: 'shutdown', how: 'delete' }),
  volume_migrate: (parameters) => ({
    kind: 'volume-migrate',
    way: text(parameters.migration_type),
    pool: text(parameters.destination_node),
    volumeType: text(parameters.destination_type),
  }),
  sleep: ({ duration }) => ({ kind: 'sleep', seconds: typeof duration === 'number' ? duration : null }),
  nop: ({ message }) => ({ kind: 'nop', message: text(message) }),
};

export function readAction({ type, parameters }: Pick<Action, 'type' | 'parameters'>): PlanAction {
  const own = Object.hasOwn(READERS, type) ? READERS[type]?.(parameters) : undefined;
  return {
    id: text(parameters.resource_id),
    name: text(parameters.resource_name),
    ...(own ?? { kind: 'other', type, parameters }),
  };
}

export const isMigration = (action: Action): boolean => readAction(action).kind === 'migrate';
export const isShutdown = (action: Action): boolean => readAction(action).kind === 'shutdown';

/** Ids of the VMs whose load a plan moves or ends, without duplicates. */
export function listAffectedServers(actions: Action[]): string[] {
  const ids = actions
    .map(readAction)
    .flatMap(({ kind, id }) => ((kind === 'migrate' || kind === 'shutdown') && id !== null ? [id] : []));
  return [...new Set(ids)];
}

/** Whether an action changes nothing in the cloud. */
export function isHarmless(action: Action): boolean {
  const { kind } = readAction(action);
  switch (kind) {
    case 'sleep':
    case 'nop':
      return true;
    case 'migrate':
    case 'service':
    case 'power':
    case 'resize':
    case 'shutdown':
    case 'volume-migrate':
    case 'other':
      return false;
    default:
      return unreachable(kind);
  }
}

/** For the default branch of a switch over kinds: it does not compile while a kind is missing. */
export function unreachable(kind: never): never {
  throw new Error(`No such kind: ${String(kind)}`);
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
