import type { Action } from '@/lib/openstack/records';
import type { HostIndex } from '../cluster/host-index';
import { toWaves } from './plan';

/** A migrate action in the words of this house. */
export type Move = {
  actionId: string;
  state: string;
  /** 0 for the first wave. */
  wave: number;
  serverId: string;
  /** The name that the action carries; the VM may be called otherwise by now. */
  serverName: string | null;
  /** live or cold */
  type: string;
  source: Place;
  destination: Place | null;
};

/** A host as an action names it. Releases and strategies differ: host name, FQDN or hypervisor uuid. */
export type Place = { raw: string; host: string | null };

/** What to call a place on screen: the host, else what Watcher said. */
export const placeName = ({ raw, host }: Place): string => host ?? raw;

/** The migrations of a plan in execution order. Action parameters: watcher/applier/actions/migration.py. */
export function listMoves(actions: Action[], index: HostIndex): Move[] {
  return toWaves(actions).flatMap((wave, position) =>
    wave
      .filter(({ type }) => type === 'migrate')
      .map(({ id, state, parameters }): Move => {
        const source = text(parameters.source_node) ?? '';
        const destination = text(parameters.destination_node);
        return {
          actionId: id,
          state,
          wave: position,
          serverId: text(parameters.resource_id) ?? '',
          serverName: text(parameters.resource_name),
          type: text(parameters.migration_type) ?? 'live',
          source: { raw: source, host: index.resolve(source) ?? null },
          destination: destination === null ? null : { raw: destination, host: index.resolve(destination) ?? null },
        };
      }),
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
