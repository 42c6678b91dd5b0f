import 'server-only';
import { openRoom, type Room } from '@/lib/domain/capacity/room';
import { inSteps } from '@/lib/yield';
import { clusterOf } from './joined';
import { lastMadeFor, partsOf } from './last-for';
import { type Placing, takePlacing } from './placing';
import { type ReadingSet, whyMissing } from './reading-set';

/** What hosts have left for more VMs. */

/** The room of a region, with what it was made from. */
type KnownRoom = { room: Room; placing: Placing };

/** @param readings with inventory and allocations */
export async function takeRoom(readings: ReadingSet): Promise<KnownRoom> {
  const placing = await takePlacing(readings);
  return { room: await roomOf(readings, placing), placing };
}

/** Why nothing is known about what any host has left; null if something is. */
export function whyNoRoom(readings: ReadingSet, { hosts }: Room): string | null {
  if (hosts.length === 0) return 'There are no compute hosts.';
  if (hosts.some(({ classes }) => classes !== null)) return null;
  return whyMissing(readings.allocations) ?? 'Placement has none of the compute hosts.';
}

const keepRoom = lastMadeFor<Room>('room');

/** For as long as hosts, VMs, allocations and rules are the same: loads change nothing. */
const roomOf = (readings: ReadingSet, { rules }: Placing): Promise<Room> =>
  keepRoom([...partsOf(readings, ['inventory', 'allocations']), rules], () =>
    inSteps(openRoom(clusterOf(readings), rules)),
  );
