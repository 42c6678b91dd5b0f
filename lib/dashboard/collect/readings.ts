import 'server-only';
import { readEnv } from '@/lib/env';
import { lossesOf } from '@/lib/readings/allocations';
import type { Losses } from '@/lib/readings/losses';
import { SECOND_MS } from '@/lib/units';
import { type Cached, openCached, type Taken, type Wish } from '../cache/cache';
import type { Progress } from '../cache/first-fill';
import type { Failure } from '../cache/pauses';
import { sharedStore } from '../cache/shared-store';
import { runsInBackground } from '../process/background-mode';
import { observeRefresh } from '../process/observe';
import type { RegionId } from '../process/region';
import { withinOrNull } from '../process/waiting';
import { openSources } from '../sources/sources';
import { LOADERS } from './loaders';
import { ALL_READINGS, READING_SOURCES, type ReadingName, type ReadingValues } from './reading-values';

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
    // Only the inventory reports progress.
    counted: 'VMs',
    ttlMs: env.DASHBOARD_CACHE_TTL * SECOND_MS,
    maxStaleMs: env.DASHBOARD_MAX_STALE * SECOND_MS,
    load: (fill) => observeRefresh(region, name, () => LOADERS[name](tools, fill)),
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

/** Progress of the very first reading of Nova, without taking any; null once it is complete or has failed. */
export async function firstReading(region: RegionId): Promise<Progress | null> {
  return (await cachedReading(region, 'inventory')).firstFill();
}

/** Why readings currently fail, without taking any. */
export async function currentFailures(region: RegionId): Promise<Failure[]> {
  const cached = await Promise.all(ALL_READINGS.map((name) => cachedReading(region, name)));
  return cached.flatMap((reading) => reading.failure() ?? []);
}

/** How long a person who asks for another attempt waits for it. */
const RETRY_PATIENCE_MS = 5_000;

/** Takes the readings that fail again now, instead of at the end of their pauses. Never rejects. */
export async function retryFailing(region: RegionId): Promise<void> {
  const retry = async (name: ReadingName) => (await cachedReading(region, name)).retry();
  await withinOrNull(Promise.allSettled(ALL_READINGS.map(retry)), RETRY_PATIENCE_MS);
}

/** What the last readings had to leave out, without taking any. */
export async function currentLosses(region: RegionId): Promise<Losses> {
  const last = async <Name extends ReadingName>(name: Name) => (await cachedReading(region, name)).last();
  const [inventory, allocations, optimizer, migrations] = await Promise.all([
    last('inventory'),
    last('allocations'),
    last('optimizer'),
    last('migrations'),
  ]);
  const own = [inventory, optimizer, migrations].flatMap((reading) => reading?.losses ?? []);
  return [...(await openSources(region)).queryLosses(), ...own, ...lossesOf(allocations)];
}
