import 'server-only';
import type { Capacity } from '@/lib/contract/v1/capacity';
import { describeSlots, listNotes } from '@/lib/domain/capacity/describe-slots';
import type { Room } from '@/lib/domain/capacity/room';
import type { ServerFlavor } from '@/lib/openstack/records';
import { GIB, MIB } from '@/lib/units';
import { openYield } from '@/lib/yield';
import { need, needAllServers, type ReadingSet, readingStates, whyMissing } from '../collect/reading-set';
import type { ReadingName } from '../collect/reading-values';
import { roomOf, takeRoomRules } from '../collect/room-readings';
import { partOf } from '../collect/take-of';
import { viewStranded } from './stranded';

/** How many more VMs fit, and what is left that none can use. */

export type CapacityQuery = {
  vcpus?: number;
  ram_mib?: number;
  disk_gib?: number;
  pinned: 'yes' | 'no';
  project?: string;
};

/** What the answer is made from: loads do not matter, so it does not wait for Prometheus. */
export const CAPACITY_NAMES: readonly ReadingName[] = ['inventory', 'allocations', 'optimizer', 'migrations'];

/** @param readings with these @throws SourceError of Nova without an inventory */
export async function viewCapacity(readings: ReadingSet, query: CapacityQuery): Promise<Capacity> {
  need(readings, 'inventory');
  needAllServers(readings);
  const yieldIfDue = openYield();
  const rules = partOf(await takeRoomRules(readings));
  const placing = rules.value ? { value: rules.value.placing, reason: null } : rules;
  const listed = rules.value ? rules.value.flavors : rules;
  const room = await roomOf(readings, placing);
  const project = query.project ?? null;
  const flavors: Capacity['flavors'] = [];
  for (const { flavor, vms } of countFlavors(readings, listed.value)) {
    flavors.push(describeSlots(room, { flavor, vms, project }));
    await yieldIfDue();
  }
  const size = sizeIn(query);
  const open = room.hosts.filter(({ isOpen }) => isOpen);
  return {
    flavors,
    flavors_reason: listed.reason,
    size: size && describeSlots(room, { flavor: size, vms: 0, project }),
    zones: room.zones.map((name) => ({
      name,
      hosts: room.hosts.filter(({ zone }) => zone === name).length,
      open_hosts: open.filter(({ zone }) => zone === name).length,
    })),
    hosts: room.hosts.length,
    open_hosts: open.length,
    unknown_hosts: open.filter(({ classes }) => classes === null).length,
    reason: whyNothing(readings, room),
    stranded: await viewStranded(readings),
    notes: listNotes(room),
    readings: readingStates(readings),
  };
}

function whyNothing(readings: ReadingSet, { hosts }: Room): string | null {
  if (hosts.length === 0) return 'The region has no compute hosts.';
  if (hosts.some(({ classes }) => classes !== null)) return null;
  return whyMissing(readings.allocations) ?? 'Placement has none of the compute hosts.';
}

/** Flavors with their VMs, those with the most first. VMs keep the flavor that they began with, so names count. */
export function countFlavors(
  readings: ReadingSet,
  listed: ServerFlavor[] | null,
): { flavor: ServerFlavor; vms: number }[] {
  const counts = readings.groups.byFlavor;
  const flavors = listed ?? [...flavorsInUse(readings).values()];
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

/** One of each name: that of the VM listed last. */
function flavorsInUse(readings: ReadingSet): Map<string, ServerFlavor> {
  const known = new Map<string, ServerFlavor>();
  for (const { flavor } of readings.inventory?.value?.servers ?? []) if (flavor) known.set(flavor.name, flavor);
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
