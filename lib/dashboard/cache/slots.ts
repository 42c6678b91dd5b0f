import 'server-only';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
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

/** Readings of single hosts and plans add up; the least recently used slot is dropped. */
const MAX_SLOTS = 200;
const allSlots = () => processWide('cache-slots', () => new LRUCache<string, Slot<unknown>>({ max: MAX_SLOTS }));

/** The slot of a reading, the same for all who read it. */
export function slotOf<T>(key: string): Slot<T> {
  const slots = allSlots();
  const slot = slots.get(key) ?? { lastFillMs: 0, version: 0, counted: 0 };
  slots.set(key, slot);
  // The key names the reading, and a reading has one type.
  return slot as Slot<T>;
}
