import 'server-only';
import type { Host } from '@/lib/contract/v1/hosts';
import { openZones } from '@/lib/domain/cluster/zones';
import { SECOND_MS } from '@/lib/units';
import { clusterOf } from '../collect/joined';
import { takeAggregates } from '../collect/placing';
import type { ReadingSet } from '../collect/reading-set';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { hostsBeingDrained } from './out-of-service';

/** The zone and the aggregates of a host, by its name. */
export type PlaceOf = (host: string) => Pick<Host, 'zone' | 'aggregates'>;

/** What views of hosts are made of besides readings. `placeOf`: null while aggregates are not known. */
export type HostsGiven = { draining: ReadonlySet<string>; placeOf: PlaceOf | null };

/** Nobody waits longer than this for aggregates: hosts are shown without them. */
const PATIENCE_MS = SECOND_MS;

/** @param readings with inventory */
export async function hostsGiven(region: RegionId, readings: ReadingSet): Promise<HostsGiven> {
  const [draining, placeOf] = await Promise.all([hostsBeingDrained(region), findPlaces(readings)]);
  return { draining, placeOf };
}

async function findPlaces(readings: ReadingSet): Promise<PlaceOf | null> {
  if (!readings.inventory?.value) return null;
  const known = (await withinOrNull(takeAggregates(readings), PATIENCE_MS))?.value;
  if (!known) return null;
  const { index } = clusterOf(readings);
  const zoneOf = openZones(index, known);
  const aggregates = new Map<string, string[]>();
  for (const { name, hosts } of known) {
    for (const listed of hosts) {
      const host = index.resolve(listed) ?? listed;
      aggregates.set(host, [...(aggregates.get(host) ?? []), name]);
    }
  }
  return (host) => ({ zone: zoneOf(host), aggregates: aggregates.get(host) ?? [] });
}
