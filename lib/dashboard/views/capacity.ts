import 'server-only';
import type { CapacityPart } from '@/lib/contract/choices';
import type { Capacity, FlavorSlots } from '@/lib/contract/v1/capacity';
import { describeSlots, listNotes } from '@/lib/domain/capacity/describe-slots';
import type { Room } from '@/lib/domain/capacity/room';
import { roomWithin } from '@/lib/domain/capacity/room-within';
import type { Server, ServerFlavor } from '@/lib/openstack/records';
import { processWide } from '@/lib/process-wide';
import { GIB, MIB } from '@/lib/units';
import { yieldIfDue } from '@/lib/yield';
import { lastFor } from '../collect/last-for';
import { type PlaceQuery, takeWithin, type Within } from '../collect/places';
import { need, needAllServers, type ReadingSet, readingStates, takeComplete } from '../collect/reading-set';
import type { ReadingName } from '../collect/reading-values';
import { takeRoom, whyNoRoom } from '../collect/room-readings';
import type { RegionId } from '../process/region';
import { viewStranded } from './stranded';
import { asView, type View } from './view';

/** How many more VMs fit, and what is left that none can use. */

export type CapacityQuery = {
  vcpus?: number;
  ram_mib?: number;
  disk_gib?: number;
  pinned?: 'yes' | 'no';
  project?: string;
  by?: CapacityPart;
} & PlaceQuery;

/** What the answer is made from: loads do not matter, so it does not wait for Prometheus. */
export const CAPACITY_NAMES: readonly ReadingName[] = ['inventory', 'allocations', 'optimizer', 'migrations'];

/** @param readings with these @throws SourceError of Nova without an inventory */
export async function viewCapacity(readings: ReadingSet, query: CapacityQuery): Promise<Capacity> {
  need(readings, 'inventory');
  needAllServers(readings);
  const within = await takeWithin(readings, query);
  const { room, placing } = await roomOf(readings, within);
  const { project = null, by = 'zone' } = query;
  const flavors: Capacity['flavors'] = [];
  for (const counted of countFlavors(within, placing.flavors.value)) {
    flavors.push(slotsIn(room, { ...counted, project, by }));
    await yieldIfDue();
  }
  const size = sizeIn(query);
  const open = room.hosts.filter(({ isOpen }) => isOpen);
  return {
    flavors,
    not_offered: listNotOffered(within, placing.flavors.value),
    flavors_reason: placing.flavors.reason,
    size: size && describeSlots(room, { flavor: size, vms: 0, project, by }),
    zones: room.zones.map((name) => ({
      name,
      hosts: room.hosts.filter(({ zone }) => zone === name).length,
      open_hosts: open.filter(({ zone }) => zone === name).length,
    })),
    hosts: room.hosts.length,
    open_hosts: open.length,
    unknown_hosts: open.filter(({ classes }) => classes === null).length,
    reason: room.hosts.length === 0 && within.names !== null ? NONE_THERE : whyNoRoom(readings, room),
    stranded: await viewStranded(readings, within),
    notes: listNotes(room),
    readings: readingStates(readings),
  };
}

const NONE_THERE = 'No compute host is in this zone or aggregate.';

const keepRoom = lastFor<Room>('room-within');

/** The room that some hosts have, with what it was made from. */
async function roomOf(readings: ReadingSet, { names }: Within): ReturnType<typeof takeRoom> {
  const { room, placing } = await takeRoom(readings);
  return {
    room: names === null ? room : keepRoom([readings.region, room, names], () => roomWithin(room, names)),
    placing,
  };
}

/** Flavors with their VMs, those with the most first. VMs keep the flavor that they began with, so names count. */
export function countFlavors(
  { groups: { byFlavor: counts, byId } }: Pick<Within, 'groups'>,
  listed: ServerFlavor[] | null,
): { flavor: ServerFlavor; vms: number }[] {
  const flavors = listed ?? [...flavorsInUse(byId.values()).values()];
  return flavors
    .map((flavor) => ({ flavor, vms: counts.get(flavor.name) ?? 0 }))
    .sort(
      (a, b) =>
        b.vms - a.vms ||
        a.flavor.vcpus - b.flavor.vcpus ||
        a.flavor.ramBytes - b.flavor.ramBytes ||
        (a.flavor.name < b.flavor.name ? -1 : 1),
    );
}

const NOT_OFFERED = 'Nova does not list this flavor: it was deleted or disabled, so no new VM can have it.';

/** Flavors that VMs have and Nova does not list, those with the most VMs first; none if its list is unknown. */
function listNotOffered(
  { groups: { byFlavor } }: Pick<Within, 'groups'>,
  listed: ServerFlavor[] | null,
): Capacity['not_offered'] {
  if (listed === null) return [];
  const offered = new Set(listed.map(({ name }) => name));
  return [...byFlavor]
    .filter(([name]) => !offered.has(name))
    .map(([name, vms]) => ({ name, vms, reason: NOT_OFFERED }))
    .sort((a, b) => b.vms - a.vms || (a.name < b.name ? -1 : 1));
}

/** One of each name: that of the VM listed last. */
function flavorsInUse(servers: Iterable<Server>): Map<string, ServerFlavor> {
  const known = new Map<string, ServerFlavor>();
  for (const { flavor } of servers) if (flavor) known.set(flavor.name, flavor);
  return known;
}

/** null if nobody asks about a size. */
function sizeIn({ vcpus, ram_mib: ram, disk_gib: disk = 0, pinned }: CapacityQuery): ServerFlavor | null {
  if (!vcpus && !ram && !disk) return null;
  return {
    name: 'size',
    vcpus: vcpus ?? 0,
    ramBytes: (ram ?? 0) * MIB,
    diskBytes: disk * GIB,
    extraSpecs: pinned === 'yes' ? { 'hw:cpu_policy': 'dedicated' } : {},
  };
}

type Asked = Parameters<typeof describeSlots>[1];

/** A room never changes, so each flavor is counted once, also for the overview. */
const counted = (by: CapacityPart) =>
  processWide(`slots-by-${by}`, () => new WeakMap<Room, Map<ServerFlavor, FlavorSlots>>());

function slotsIn(room: Room, asked: Asked): FlavorSlots {
  if (asked.project !== null) return describeSlots(room, asked);
  const own = counted(asked.by).get(room) ?? new Map<ServerFlavor, FlavorSlots>();
  const slots = own.get(asked.flavor) ?? describeSlots(room, asked);
  counted(asked.by).set(room, own.set(asked.flavor, slots));
  return slots;
}

/** As many flavors as the overview shows. */
const MOST_COMMON = 3;

/** How many more fit of the flavors that most VMs have, and which of them are no longer offered. */
export const readRoom = (
  region: RegionId,
  place: PlaceQuery = {},
): Promise<View<Pick<Capacity, 'flavors' | 'not_offered' | 'reason' | 'readings'>>> =>
  asView(async () => {
    const readings = await takeComplete(region, ROOM_NAMES);
    need(readings, 'inventory');
    const within = await takeWithin(readings, place);
    const { room, placing } = await roomOf(readings, within);
    const common = countFlavors(within, placing.flavors.value).slice(0, MOST_COMMON);
    return {
      not_offered: listNotOffered(within, placing.flavors.value).slice(0, MOST_COMMON),
      flavors: common.map((flavor) => slotsIn(room, { ...flavor, project: null, by: 'zone' })),
      reason: whyNoRoom(readings, room),
      readings: readingStates(readings),
    };
  });

const ROOM_NAMES: readonly ReadingName[] = ['inventory', 'allocations'];
