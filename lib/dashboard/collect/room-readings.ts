import 'server-only';
import { openRoom, type Room } from '@/lib/domain/capacity/room';
import { processWide } from '@/lib/process-wide';
import type { Inventory } from '@/lib/readings/inventory';
import type { Part, PlacingRules } from '@/lib/readings/placing-rules';
import { type RoomRules, readRoomRules } from '@/lib/readings/room-rules';
import { MINUTE_MS } from '@/lib/units';
import { inSteps, openYield } from '@/lib/yield';
import type { Taken } from '../cache/cache';
import { clusterOf } from './joined';
import type { ReadingSet } from './reading-set';
import { takeOf } from './take-of';

/** What hosts have left for more VMs. */

/** @param readings with inventory */
export function takeRoomRules(readings: ReadingSet): Promise<Taken<RoomRules>> {
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

/** @param readings with inventory and allocations */
export function roomOf(readings: ReadingSet, placing: Part<PlacingRules>): Promise<Room> {
  const inventory = readings.inventory?.value;
  const parts = [readings.allocations?.value ?? null, placing.value];
  const known = inventory ? kept().get(inventory) : undefined;
  if (known && parts.every((part, i) => part === known.parts[i])) return known.room;
  const room = inSteps(openRoom(clusterOf(readings), placing), openYield());
  if (inventory) kept().set(inventory, { parts, room });
  return room;
}
