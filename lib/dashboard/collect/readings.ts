import 'server-only';
import { readEnv } from '@/lib/env';
import type { Source } from '@/lib/errors';
import type { AllocationSource } from '@/lib/readings/allocations';
import type { Inventory } from '@/lib/readings/inventory';
import type { Load } from '@/lib/readings/load';
import type { Optimizer } from '@/lib/readings/optimizer';
import type { PlanLoad } from '@/lib/readings/plan-load';
import { SECOND_MS } from '@/lib/units';
import { type Cached, type Failure, openCached, type Taken, type Wish } from '../cache/cache';
import { sharedStore } from '../cache/shared-store';
import { runsInBackground } from '../process/background-mode';
import { observeRefresh } from '../process/observe';
import type { RegionId } from '../process/region';
import { openSources } from '../sources/sources';
import { isBorrowed, LOADERS } from './loaders';

/** What is read from a region; each reading has its own clock, age and error. */
export type ReadingValues = {
  inventory: Inventory;
  allocations: AllocationSource;
  load: Load;
  optimizer: Optimizer;
  /** Load of the VMs that plans move; follows the optimizer. */
  planLoad: PlanLoad;
};

export type ReadingName = keyof ReadingValues;

export const READING_SOURCES: Record<ReadingName, Source> = {
  inventory: 'nova',
  allocations: 'placement',
  load: 'prometheus',
  optimizer: 'watcher',
  planLoad: 'prometheus',
};

export const ALL_READINGS = Object.keys(READING_SOURCES) as ReadingName[]; // TypeScript types the keys of a constant as strings.

/** What the capacity of a region is made from. */
export const CAPACITY_READINGS: readonly ReadingName[] = ['inventory', 'allocations', 'load'];

/** @throws SourceError if nothing is configured */
export async function cachedReading<Name extends ReadingName>(
  region: RegionId,
  name: Name,
): Promise<Cached<ReadingValues[Name]>> {
  const env = readEnv();
  const sources = await openSources(region);
  const tools = {
    sources,
    env,
    take: <Other extends ReadingName>(other: Other, wish?: Wish) => take(region, other, wish),
  };
  return openCached({
    region,
    name,
    identity: sources.identity,
    source: READING_SOURCES[name],
    ttlMs: env.DASHBOARD_CACHE_TTL * SECOND_MS,
    maxStaleMs: env.DASHBOARD_MAX_STALE * SECOND_MS,
    load: (fill) => observeRefresh(region, name, () => LOADERS[name](tools, fill)),
    isBorrowed,
    background: runsInBackground(),
    shared: sharedStore(env.CACHE_URL),
  });
}

/** A reading, or why there is none. Never rejects: wrong settings count as a missing reading too. */
export async function take<Name extends ReadingName>(
  region: RegionId,
  name: Name,
  wish?: Wish,
): Promise<Taken<ReadingValues[Name]>> {
  try {
    return await (await cachedReading(region, name)).get(wish);
  } catch (error) {
    const now = Date.now();
    return {
      state: 'missing',
      value: null,
      at: null,
      failure: { error, since: now, at: now },
      progress: null,
      isCurrent: () => false,
    };
  }
}

/** Why readings currently fail, without taking any. */
export async function currentFailures(region: RegionId): Promise<Failure[]> {
  const cached = await Promise.all(ALL_READINGS.map((name) => cachedReading(region, name)));
  return cached.flatMap((reading) => reading.failure() ?? []);
}
