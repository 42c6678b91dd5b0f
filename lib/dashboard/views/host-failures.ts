import 'server-only';
import { MOST_FAILING } from '@/lib/contract/choices';
import type { Capacity } from '@/lib/contract/v1/capacity';
import type { Forecasts } from '@/lib/contract/v1/forecast';
import type { HostFailures, HostLoss } from '@/lib/contract/v1/host-failures';
import { gatherCrowd } from '@/lib/domain/capacity/crowd';
import { describeLosses } from '@/lib/domain/capacity/describe-losses';
import { listGroups } from '@/lib/domain/capacity/host-groups';
import { inSteps } from '@/lib/yield';
import { clusterOf } from '../collect/joined';
import { lastMadeFor } from '../collect/last-for';
import { lossesOf } from '../collect/losses';
import { takeWithin, wholeOf } from '../collect/places';
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
type Failures = ReturnType<typeof describeLosses> & { asked: (hosts: number[]) => Promise<HostLoss | null> };

/** `k`: how many hosts of a zone fail. `together`: hosts that fail together, by their positions. */
type Question = { k: number; together: number[] };
const USUAL: Question = { k: 2, together: [] };

const keepFailures = lastMadeFor<Failures>('failures');

/**
 * @param readings with inventory and allocations
 * @throws SourceError of Nova without an inventory
 */
export async function viewHostFailures(readings: ReadingSet, { k, together }: Question = USUAL): Promise<HostFailures> {
  need(readings, 'inventory');
  needAllServers(readings);
  const { index } = clusterOf(readings);
  const { room, placing } = await takeRoom(readings);
  const [common] = countFlavors(wholeOf(readings), placing.flavors.value);
  const reference = common && common.vms > 0 ? common.flavor : null;
  const reason = whyNoRoom(readings, room);
  const base = { k, reference: reference?.name ?? null, reason, readings: readingStates(readings) };
  if (reason !== null) return { ...base, zones: [], groups: [], asked: null, hosts: [], notes: [] };
  const failures = await keepFailures([readings.region, room, placing, reference], async () => {
    const { aggregates, groups: apart } = placing.rules.value ?? {};
    const named = await inSteps(gatherCrowd(room, apart?.value ?? [], reference));
    const groups = listGroups(room, aggregates?.value ?? [], index.resolve);
    const { crowd } = named;
    const losses = await lossesOf({ crowd, sets: groups.map(({ hosts }) => hosts), worst: MOST_FAILING });
    const described = describeLosses({ room, named, losses, groups });
    return {
      ...described,
      asked: async (hosts) => {
        const [loss] = (await lossesOf({ crowd, sets: [hosts], worst: 0 })).sets;
        return loss === undefined ? null : described.describe(loss);
      },
    };
  });
  return {
    ...base,
    groups: failures.groups,
    hosts: failures.hosts,
    zones: failures.zonesFor(k),
    asked: together.length === 0 ? null : await failures.asked(together),
    notes: [...NOTES, ...room.unread.map(({ rule, reason: why }) => `No ${rule} were considered: ${why}`)],
  };
}

/**
 * The positions of hosts that somebody asks about, each once.
 *
 * @param hosts any of their names, with commas
 * @returns null if there is no host of one of the names
 * @throws SourceError of Nova without an inventory, or without its aggregates if they are needed
 */
export async function positionsOf(
  readings: ReadingSet,
  { hosts = '', aggregate }: { hosts?: string; aggregate?: string },
): Promise<number[] | null> {
  need(readings, 'inventory');
  const { hosts: all, index } = clusterOf(readings);
  const positions = new Map(all.map(({ name }, at) => [name, at]));
  const given = hosts.split(',').filter((name) => name !== '');
  const inAggregate = aggregate === undefined ? [] : ((await takeWithin(readings, { aggregate })).names ?? []);
  const found = [...given.map((name) => index.resolve(name) ?? name), ...inAggregate].map((name) =>
    positions.get(name),
  );
  return found.includes(undefined) ? null : [...new Set(found.flatMap((at) => at ?? []))];
}

export type CapacityPage = {
  capacity: Capacity;
  /** Of the zones of these hosts; `asked`: if the aggregate fails that was chosen. */
  failures: HostFailures;
  forecasts: Forecasts;
  /** Those that the region has. */
  zones: string[];
  aggregates: string[];
};

/** @param query `k`: how many hosts of a zone fail together */
export const readCapacityPage = (
  region: RegionId,
  { k, ...query }: CapacityQuery & { k: number },
): Promise<View<CapacityPage>> =>
  asView(async () => {
    const readings = await takeComplete(region, CAPACITY_NAMES);
    const together = (await positionsOf(readings, { aggregate: query.aggregate })) ?? [];
    const [capacity, failures, forecasts, places] = await Promise.all([
      viewCapacity(readings, query),
      viewHostFailures(readings, { k, together }),
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
