import 'server-only';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import type { RegionId } from '../process/region';
import type { Filling } from './first-fill';
import type { Failure } from './pauses';
import type { Good } from './shared-fill';

/** What is kept of a reading. */
type Slot<T> = {
  good?: Good<T>;
  failure?: Failure;
  filling?: Filling<T>;
  lastFillMs: number;
  version: number;
  /** Recoveries of all sources before the last attempt. */
  counted: number;
};

/** Of a region. Readings of single hosts and plans add up; the least recently used slot is dropped. */
const MAX_SLOTS = 200;
type Slots = LRUCache<string, Slot<unknown>>;
const allSlots = () => processWide('cache-slots', () => new Map<RegionId, Slots>());

/** The slot of a reading, the same for all who read it. */
export function slotOf<T>(region: RegionId, key: string): Slot<T> {
  const slots: Slots = allSlots().get(region) ?? new LRUCache({ max: MAX_SLOTS });
  allSlots().set(region, slots);
  const slot = slots.get(key) ?? { lastFillMs: 0, version: 0, counted: 0 };
  slots.set(key, slot);
  // The key names the reading, and a reading has one type.
  return slot as Slot<T>;
}
