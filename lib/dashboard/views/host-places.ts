import 'server-only';
import { SECOND_MS } from '@/lib/units';
import { type PlaceOf, takePlaces } from '../collect/places';
import type { ReadingSet } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { type KeptOfHosts, keptOfHosts } from './out-of-service';

/** What views of hosts are made of besides readings. `placeOf`: null while aggregates are not known. */
export type HostsGiven = { kept: KeptOfHosts; placeOf: PlaceOf | null };

/** Nobody waits longer than this for aggregates: hosts are shown without them. */
const PATIENCE_MS = SECOND_MS;

/** @param readings with inventory */
export async function hostsGiven(region: RegionId, readings: ReadingSet): Promise<HostsGiven> {
  const [kept, places] = await Promise.all([keptOfHosts(region, readings), placesSoon(readings)]);
  return { kept, placeOf: places?.placeOf ?? null };
}

/** Zones and aggregates, if they are known soon. @param readings with inventory */
export async function placesSoon(readings: ReadingSet) {
  if (!readings.inventory?.value) return null;
  return (await withinOrNull(takePlaces(readings), PATIENCE_MS))?.value ?? null;
}
