import 'server-only';
import { openZones } from '@/lib/domain/cluster/zones';
import { MOST_DAYS } from '@/lib/domain/forecast/days-to-full';
import type { ZoneDay } from '@/lib/domain/forecast/forecasts';
import { resourceCalled, usesByZone } from '@/lib/domain/forecast/zone-days';
import { groupBy } from '@/lib/group-by';
import { readCapacityHistory } from '@/lib/readings/capacity-history';
import type { Part } from '@/lib/readings/placing-rules';
import { dayOf, HOUR_MS } from '@/lib/units';
import { asServer } from '../access/visitors';
import { describeError, log } from '../process/log';
import type { RegionId } from '../process/region';
import { theStore } from '../sources/store';
import { clusterOf } from './joined';
import { takeAggregates } from './placing';
import { type ReadingSet, takeReadings } from './reading-set';
import { CAPACITY_READINGS } from './reading-values';
import { partOf, takeOf } from './take-of';

/** How full the zones of a region were: as an exporter tells, and as the product itself has noted since it runs. */

type CapacityHistory = {
  zoneOf: (host: string) => string;
  exported: ZoneDay[];
  noted: ZoneDay[];
  /** Why an exporter's days are unknown; null if they are known. */
  notExported: string | null;
};

/** Notes the state of this day, if there is a store and everything is known. Never rejects. */
export async function noteCapacity(region: RegionId): Promise<void> {
  const store = theStore();
  if (store === null) return;
  try {
    const readings = await asServer(() => takeReadings(region, CAPACITY_READINGS, { visit: false }));
    const zoneOf = await zonesOf(readings);
    if (zoneOf.value === null) return;
    const day = dayOf(Date.now());
    const entries = usesByZone(clusterOf(readings).hosts, zoneOf.value).map((use) => ({ ...use, day }));
    await store.capacityDays.note(region, entries);
  } catch (error) {
    log().warn(describeError(error), 'how full the region is could not be noted');
  }
}

/** The zone of each host. @param readings with inventory */
async function zonesOf(readings: ReadingSet): Promise<Part<(host: string) => string>> {
  const aggregates = await takeAggregates(readings);
  return aggregates.value === null
    ? aggregates
    : { value: openZones(clusterOf(readings).index, aggregates.value), reason: null };
}

/**
 * Days of the last three months, from both sources; where both have a day, each has its own entry.
 *
 * @param readings with inventory
 */
export async function takeCapacityHistory(readings: ReadingSet): Promise<Part<CapacityHistory>> {
  const zoneOf = await zonesOf(readings);
  if (zoneOf.value === null) return zoneOf;
  const [exported, noted] = await Promise.all([takeExported(readings, zoneOf.value), listNoted(readings.region)]);
  const days = { exported: exported.value ?? [], noted, notExported: exported.reason };
  return { value: { zoneOf: zoneOf.value, ...days }, reason: null };
}

async function takeExported(readings: ReadingSet, zoneOf: (host: string) => string): Promise<Part<ZoneDay[]>> {
  const { load } = readings.sources;
  const zones = groupBy(clusterOf(readings).hosts, ({ name }) => zoneOf(name));
  const hostnames = new Map(
    [...zones].map(([zone, hosts]) => [zone, hosts.map(({ hypervisor }) => hypervisor.hypervisorHostname)] as const),
  );
  return partOf(
    await takeOf(readings, {
      name: 'capacity-history',
      source: 'prometheus',
      ttlMs: 6 * HOUR_MS,
      load: () => readCapacityHistory(load, hostnames, { days: MOST_DAYS, now: Date.now() }),
    }),
  );
}

/** None without a store, or while it can't be read. */
async function listNoted(region: RegionId): Promise<ZoneDay[]> {
  try {
    const days = (await theStore()?.capacityDays.list(region, dayOf(Date.now()) - MOST_DAYS)) ?? [];
    return days.flatMap(({ resource: name, ...day }) => {
      const resource = resourceCalled(name);
      return resource ? [{ ...day, resource }] : [];
    });
  } catch (error) {
    log().warn(describeError(error), 'how full the region was could not be read');
    return [];
  }
}
