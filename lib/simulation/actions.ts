import { SECOND_MS } from '@/lib/units';
import { type Cloud, hostAt, type SimAction, type SimHost, type SimMigration, type SimServer } from './model';
import type { Mover } from './nova/mover';
import type { Release } from './releases';

/** What an applier does for each type of action. */

/** An action that runs: until a time, or until Nova has ended a migration. */
export type Job = {
  action: SimAction;
  migration: SimMigration | null;
  /** Infinite while a migration decides. */
  until: number;
  /** When Watcher stops waiting for the migration. */
  givesUpAt: number;
  /** What changes once it is done. */
  effect: () => void;
};

/** An action that ended before it began. */
type Verdict = { state: 'SKIPPED' | 'FAILED'; message: string | null };

export type Workshop = { cloud: Cloud; mover: Mover; release(): Release; raceMs(): number };

const textOf = (action: SimAction, name: string): string | null => {
  const value = action.parameters[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const serverOf = (action: SimAction, { servers }: Cloud): SimServer | undefined => {
  const id = textOf(action, 'resource_id');
  return servers.find((server) => server.id === id && server.deletedAt === undefined);
};

/** Strategies name hosts in several ways; Nova knows only the first as a destination. */
const isHost = (host: SimHost, name: string) => [host.name, host.id, host.fqdn].includes(name);

const NOTHING = () => {};

/** How long actions take that change one thing at once, and longer ones; ms. */
const BRIEF_MS = SECOND_MS;
const LONG_MS = 20 * SECOND_MS;

export function beginAction(action: SimAction, shop: Workshop, at: number): Job | Verdict {
  const { cloud } = shop;
  const job = (lastsMs: number, effect = NOTHING): Job => ({
    action,
    migration: null,
    until: at + lastsMs,
    givesUpAt: Number.POSITIVE_INFINITY,
    effect,
  });
  const server = serverOf(action, cloud);
  const change = (lastsMs: number, effect: (changed: SimServer) => void): Job | Verdict =>
    server ? job(lastsMs, () => effect(server)) : { state: 'FAILED', message: failureOf(action) };

  switch (action.type) {
    case 'nop':
      return job(0);
    case 'sleep':
      return job(Number(action.parameters.duration ?? 0) * SECOND_MS);
    case 'migrate':
      return beginMove(action, shop, at);
    case 'change_nova_service_state':
      return changeService(action, shop, at);
    case 'stop':
      return change(BRIEF_MS, (stopped) => {
        stopped.status = 'SHUTOFF';
      });
    case 'resize': {
      const flavor = cloud.flavors.find(({ name }) => name === action.parameters.flavor);
      return change(LONG_MS, (resized) => {
        resized.flavor = flavor ?? resized.flavor;
      });
    }
    case 'volume_migrate':
    case 'change_node_power_state':
      return job(LONG_MS);
    default:
      return { state: 'FAILED', message: 'Action failed in execute: Exception' };
  }
}

function beginMove(action: SimAction, { cloud, mover, release }: Workshop, at: number): Job | Verdict {
  const server = serverOf(action, cloud);
  const id = textOf(action, 'resource_id');
  const [source, wanted] = [textOf(action, 'source_node'), textOf(action, 'destination_node')];
  const destination = wanted === null ? null : cloud.hosts.find(({ name }) => name === wanted);
  const isLive = action.parameters.migration_type === 'live';
  if (release().checksMoves) {
    const skipped = (message: string): Verdict => ({
      state: 'SKIPPED',
      message: `Action was skipped automatically: ${message}`,
    });
    const failed = (message: string): Verdict => ({
      state: 'FAILED',
      message: `Action failed in pre_condition: ${message}`,
    });
    if (!server) return skipped(`Instance ${id} not found`);
    const current = hostAt(server, at);
    if (!current || source === null || !isHost(current, source)) {
      return skipped(
        `Instance ${id} is not running on source node ${source} (currently on ${current?.name ?? 'None'})`,
      );
    }
    if (destination === undefined) return failed(`Destination node ${wanted} not found`);
    if (destination?.enabled === false) return failed(`Destination node ${wanted} is not in enabled state`);
    const status = mover.moveOf(server) ? 'MIGRATING' : server.status;
    if (isLive && status !== 'ACTIVE') {
      return failed(`Live migration requires instance ${id} to be in ACTIVE status (current status: ${status})`);
    }
  }
  // Nova itself refuses a host it does not know, a VM without a host, one that moves already, and a live move of a stopped one.
  const isRefused =
    !server ||
    destination === undefined ||
    !hostAt(server, at) ||
    mover.moveOf(server) !== undefined ||
    (isLive && !['ACTIVE', 'PAUSED'].includes(server.status));
  if (isRefused) return { state: 'FAILED', message: failureOf(action) };
  return {
    action,
    migration: mover.begin({ server, destination, type: isLive ? 'live-migration' : 'migration' }, at),
    until: Number.POSITIVE_INFINITY,
    givesUpAt: at + release().patienceMs,
    effect: NOTHING,
  };
}

export const failureOf = ({ id }: SimAction): string => `Action failed in execute: The action ${id} execution failed.`;

function changeService(action: SimAction, { cloud, release }: Workshop, at: number): Job | Verdict {
  const name = textOf(action, 'resource_name') ?? textOf(action, 'resource_id') ?? '';
  const host = cloud.hosts.find((one) => isHost(one, name));
  const enabled = action.parameters.state === 'enabled';
  if (!host || (release().checksMoves && host.enabled === enabled)) {
    const why = host
      ? `nova-compute service ${name} is already in state ${enabled ? 'enabled' : 'disabled'}`
      : `nova-compute service ${name} not found`;
    return release().checksMoves
      ? { state: 'SKIPPED', message: `Action was skipped automatically: ${why}` }
      : { state: 'FAILED', message: failureOf(action) };
  }
  const effect = () => {
    host.enabled = enabled;
    host.disabledReason = enabled ? null : (textOf(action, 'disabled_reason') ?? 'watcher_disabled');
  };
  return { action, migration: null, until: at + BRIEF_MS, givesUpAt: Number.POSITIVE_INFINITY, effect };
}
