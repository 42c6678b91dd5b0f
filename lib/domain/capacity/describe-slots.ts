import type { CapacityPart } from '@/lib/contract/choices';
import type { FlavorSlots } from '@/lib/contract/v1/capacity';
import type { ServerFlavor } from '@/lib/openstack/records';
import { needsOf } from '../cluster/flavor-needs';
import { endText, listUncounted, zoneEnd } from './end-words';
import type { Room } from './room';
import { countSlots, type Slots } from './slots';
import { MAY_BE_ELSEWHERE, type Need } from './suits';

/** `by`: whether aggregates have slots of their own too. */
type Asked = { flavor: ServerFlavor; vms: number; project: string | null; by: CapacityPart };

/** How many more of a flavor fit, as it is shown. */
export function describeSlots(room: Room, { flavor, vms, project, by }: Asked): FlavorSlots {
  const need: Need = { ...needsOf(flavor), project };
  const { [MAY_BE_ELSEWHERE]: disk, ...others } = need.resources;
  const found = countSlots(room, need);
  return {
    name: flavor.name,
    vcpus: flavor.vcpus,
    pinned: need.resources.PCPU !== undefined,
    ram: flavor.ramBytes,
    disk: flavor.diskBytes,
    vms,
    slots: found.slots,
    slots_from_volume: disk === undefined ? found.slots : countSlots(room, { ...need, resources: others }).slots,
    zones: found.zones.map((part) => ({ zone: part.name, slots: part.slots, ends: zoneEnd(part) })),
    aggregates:
      by === 'zone'
        ? []
        : found.aggregates.map((part) => ({ aggregate: part.name, slots: part.slots, ends: zoneEnd(part) })),
    endings: describeEndings(found),
    closed: found.closed,
    not_checked: listUncounted(flavor.extraSpecs),
  };
}

const describeEndings = ({ endings }: Slots): FlavorSlots['endings'] =>
  endings.map(({ end, hosts, full }) => ({ ...end, text: endText(end), hosts, full }));

/** What figures of all flavors do not consider. */
export function listNotes(room: Room): string[] {
  return [...room.unread.map(({ rule, reason }) => `${UNREAD[rule]} ${reason}`), ...diskNote(room)];
}

const UNREAD: Record<Room['unread'][number]['rule'], string> = {
  aggregates: 'Zones and aggregates are not considered:',
  traits: 'Traits are not considered:',
  groups: 'Server groups are not considered:',
};

/** Shared storage is offered whole by every host, so their sum is more than there is. */
function diskNote({ hosts }: Room): string[] {
  const sizes = hosts.flatMap(({ disk }) => disk ?? []);
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  if (most < MANY || most < sizes.length) return [];
  return [
    `All ${most} hosts offer the same amount of disk. If that is one shared storage, Placement counts it on each of them, and fewer VMs fit than disk allows.`,
  ];
}

/** A few equal machines prove nothing. */
const MANY = 3;
