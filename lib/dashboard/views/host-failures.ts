import 'server-only';
import type { Capacity } from '@/lib/contract/v1/capacity';
import type { Forecasts } from '@/lib/contract/v1/forecast';
import type { HostFailures } from '@/lib/contract/v1/host-failures';
import { gatherCrowd } from '@/lib/domain/capacity/crowd';
import { describeLosses } from '@/lib/domain/capacity/describe-losses';
import { listGroups } from '@/lib/domain/capacity/host-groups';
import { loseTogether } from '@/lib/domain/capacity/losses';
import { inSteps, openYield } from '@/lib/yield';
import { clusterOf } from '../collect/joined';
import { lastMadeFor } from '../collect/last-for';
import { lossesOf } from '../collect/losses';
import { wholeOf } from '../collect/places';
import { need, needAllServers, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import type { ReadingName } from '../collect/reading-values';
import { takeRoom, whyNoRoom } from '../collect/room-readings';
import type { RegionId } from '../process/region';
import { CAPACITY_NAMES, type CapacityQuery, countFlavors, viewCapacity } from './capacity';
import { viewForecasts } from './forecast';
import { placesSoon } from './host-places';
import { asView, type View } from './view';

/** Whether the VMs of hosts that fail fit elsewhere. */

/** What the answer is made from. */
export const FAILURE_READINGS: readonly ReadingName[] = ['inventory', 'allocations'];

const NOTES = [
  'A VM leaves its zone only if Nova says that nobody asked for one. What Placement has allocated decides, not what is in use; VMs that are off count.',
  'Disks count for VMs that boot from an image.',
  'Nova evacuates VMs that run, are off or in ERROR; paused and suspended ones count here, but it leaves them where they are.',
];

/** What becomes of the VMs of a room; `asked`: if exactly these hosts fail, by their positions. */
type Failures = { described: ReturnType<typeof describeLosses>; asked: (hosts: number[]) => HostFailures['asked'] };

const keepFailures = lastMadeFor<Failures>('failures');

/**
 * @param readings with inventory and allocations
 * @param together hosts that fail together, by their positions
 * @throws SourceError of Nova without an inventory
 */
export async function viewHostFailures(readings: ReadingSet, together: number[] = []): Promise<HostFailures> {
  need(readings, 'inventory');
  needAllServers(readings);
  const { index } = clusterOf(readings);
  const { room, placing } = await takeRoom(readings);
  const [common] = countFlavors(wholeOf(readings), placing.flavors.value);
  const reference = common && common.vms > 0 ? common.flavor : null;
  const reason = whyNoRoom(readings, room);
  const base = { reference: reference?.name ?? null, reason, readings: readingStates(readings) };
  if (reason !== null) return { ...base, zones: [], groups: [], asked: null, hosts: [], notes: [] };
  const { described, asked } = await keepFailures([readings.region, room, placing, reference], async () => {
    const { aggregates, groups: apart } = placing.rules.value ?? {};
    const yieldIfDue = openYield();
    const named = await inSteps(gatherCrowd(room, apart?.value ?? [], reference), yieldIfDue);
    const groups = listGroups(room, aggregates?.value ?? [], index.resolve);
    const losses = await lossesOf({ crowd: named.crowd, sets: groups.map(({ hosts }) => hosts), worst: 2 });
    const given = { room, named, losses, groups };
    return {
      described: describeLosses({ ...given, asked: null }),
      asked: (hosts) => describeLosses({ ...given, asked: loseTogether(named.crowd, hosts) }).asked,
    };
  });
  return {
    ...base,
    ...described,
    asked: together.length === 0 ? null : asked(together),
    notes: [...NOTES, ...room.unread.map(({ rule, reason: why }) => `No ${rule} were considered: ${why}`)],
  };
}

/** The position of a host by any of its names; -1 if there is none. @throws as above */
export function positionOf(readings: ReadingSet, name: string): number {
  need(readings, 'inventory');
  const { hosts, index } = clusterOf(readings);
  const own = index.resolve(name) ?? name;
  return hosts.findIndex((host) => host.name === own);
}

export type CapacityPage = {
  capacity: Capacity;
  /** Of the zones of these hosts. */
  failures: HostFailures;
  forecasts: Forecasts;
  /** Those that the region has. */
  zones: string[];
  aggregates: string[];
};

export const readCapacityPage = (region: RegionId, query: CapacityQuery): Promise<View<CapacityPage>> =>
  asView(async () => {
    const readings = await takeComplete(region, CAPACITY_NAMES);
    const [capacity, failures, forecasts, places] = await Promise.all([
      viewCapacity(readings, query),
      viewHostFailures(readings),
      viewForecasts(readings),
      placesSoon(readings),
    ]);
    const shown = new Set(capacity.zones.map(({ name }) => name));
    return {
      capacity,
      failures: { ...failures, zones: failures.zones.filter(({ zone }) => shown.has(zone)) },
      forecasts: { ...forecasts, forecasts: forecasts.forecasts.filter(({ zone }) => shown.has(zone)) },
      zones: places?.zones ?? [],
      aggregates: places?.aggregates ?? [],
    };
  });
