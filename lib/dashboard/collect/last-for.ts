import 'server-only';
import { processWide } from '@/lib/process-wide';
import type { RegionId } from '../process/region';
import type { ReadingSet } from './reading-set';
import type { ReadingName } from './reading-values';

/** Results that are kept for as long as what they were made from is the same, for pages, routes and metrics together. */

/** What a result is made from; the first part is its region. */
type Parts = readonly [RegionId, ...unknown[]];

/** For each region: a slow answer continues with the readings it began with while others already use newer ones. */
const KEPT_SETS = 3;

/** Returns the last result that was made from the same parts, or makes one. */
export function lastFor<T>(name: string): (parts: Parts, make: () => T) => T {
  const kept = () => processWide(`last-${name}`, () => new Map<RegionId, { parts: Parts; value: T }[]>());
  return (parts, make) => {
    const all = kept().get(parts[0]) ?? [];
    kept().set(parts[0], all);
    const isMatch = (one: { parts: Parts }) =>
      one.parts.length === parts.length && parts.every((part, i) => part === one.parts[i]);
    const found = all.find(isMatch) ?? { parts, value: make() };
    const others = all.filter((one) => one !== found);
    all.splice(0, all.length, found, ...others.slice(0, KEPT_SETS - 1));
    return found.value;
  };
}

/** The same for what takes time: everyone waits for one attempt, and what failed is made again. */
export function lastMadeFor<T>(name: string): (parts: Parts, make: () => Promise<T>) => Promise<T> {
  const keep = lastFor<{ made: Promise<T> | null }>(name);
  return (parts, make) => {
    const entry = keep(parts, () => ({ made: null }));
    if (entry.made === null) {
      const made = make();
      entry.made = made;
      made.catch(() => {
        entry.made = null;
      });
    }
    return entry.made;
  };
}

/** What results are made from: these readings, of this region and account. */
export const partsOf = (readings: ReadingSet, names: readonly ReadingName[]): Parts => [
  readings.region,
  readings.sources.identity,
  readings.projects,
  ...names.map((name) => readings[name]?.value ?? null),
];
