import 'server-only';
import { openRoom, type Room } from '@/lib/domain/capacity/room';
import type { ServerFlavor } from '@/lib/openstack/records';
import { processWide } from '@/lib/process-wide';
import type { Inventory } from '@/lib/readings/inventory';
import type { Part, PlacingRules } from '@/lib/readings/placing-rules';
import { type RoomRules, readRoomRules } from '@/lib/readings/room-rules';
import { MINUTE_MS } from '@/lib/units';
import { inSteps, openYield } from '@/lib/yield';
import type { Taken } from '../cache/cache';
import { clusterOf } from './joined';
import { type ReadingSet, whyMissing } from './reading-set';
import { partOf, takeOf } from './take-of';

/** What hosts have left for more VMs. */

/** The room of a region, with what it was made from. */
type KnownRoom = { room: Room; placing: Part<PlacingRules>; flavors: Part<ServerFlavor[]> };

/** @param readings with inventory and allocations */
export async function takeRoom(readings: ReadingSet): Promise<KnownRoom> {
  const rules = partOf(await takeRoomRules(readings));
  const placing = rules.value ? { value: rules.value.placing, reason: null } : rules;
  const flavors = rules.value ? rules.value.flavors : rules;
  return { room: await roomOf(readings, placing), placing, flavors };
}

/** Why nothing is known about what any host has left; null if something is. */
export function whyNoRoom(readings: ReadingSet, { hosts }: Room): string | null {
  if (hosts.length === 0) return 'The region has no compute hosts.';
  if (hosts.some(({ classes }) => classes !== null)) return null;
  return whyMissing(readings.allocations) ?? 'Placement has none of the compute hosts.';
}

function takeRoomRules(readings: ReadingSet): Promise<Taken<RoomRules>> {
  return takeOf(readings, {
    name: 'room-rules',
    source: 'nova',
    ttlMs: 5 * MINUTE_MS,
    load: () => readRoomRules(readings.sources.session, readings.inventory?.value?.servers ?? []),
  });
}

type Kept = { parts: unknown[]; room: Promise<Room> };

/** For as long as hosts, VMs, allocations and rules are the same: loads change nothing. */
const kept = () => processWide('room', () => new WeakMap<Inventory, Kept>());

function roomOf(readings: ReadingSet, placing: Part<PlacingRules>): Promise<Room> {
  const inventory = readings.inventory?.value;
  const parts = [readings.allocations?.value ?? null, placing.value];
  const known = inventory ? kept().get(inventory) : undefined;
  if (known && parts.every((part, i) => part === known.parts[i])) return known.room;
  const room = inSteps(openRoom(clusterOf(readings), placing), openYield());
  if (inventory) kept().set(inventory, { parts, room });
  return room;
}
