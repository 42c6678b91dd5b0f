import type { Action } from '@/lib/openstack/records';
import type { HostIndex } from '../cluster/host-index';
import { readAction } from './actions';
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

/** The migrations of a plan in execution order. */
export function listMoves(actions: Action[], index: HostIndex): Move[] {
  return toWaves(actions).flatMap((wave, position) =>
    wave.flatMap((action) => {
      const read = readAction(action);
      if (read.kind !== 'migrate') return [];
      const place = (raw: string): Place => ({ raw, host: index.resolve(raw) ?? null });
      return [
        {
          actionId: action.id,
          state: action.state,
          wave: position,
          serverId: read.id ?? '',
          serverName: read.name,
          type: read.live ? 'live' : 'cold',
          source: place(read.source ?? ''),
          destination: read.destination === null ? null : place(read.destination),
        },
      ];
    }),
  );
}
