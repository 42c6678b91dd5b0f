import 'server-only';
import { readEnv } from '@/lib/env';
import { publicMessage } from '@/lib/errors';
import type { Part } from '@/lib/readings/placing-rules';
import { SECOND_MS } from '@/lib/units';
import { type CacheOptions, openCached, type Taken } from '../cache/cache';
import type { RegionId } from '../process/region';
import type { Sources } from '../sources/sources';

/** What is asked, and how. */
export type CloudOf = { region: RegionId; sources: Sources };

/** `ttlMs`: how long it stays fresh, if not for as long as the main readings. */
type Wanted<T> = Pick<CacheOptions<T>, 'name' | 'source' | 'load' | 'patienceMs' | 'background'> & { ttlMs?: number };

/** Takes a reading that only some answers need, when they are asked for; each has its own clock, age and error. */
export function takeOf<T>(cloud: CloudOf, { ttlMs, ...wanted }: Wanted<T>): Promise<Taken<T>> {
  const env = readEnv();
  const cached = openCached({
    ...wanted,
    region: cloud.region,
    identity: cloud.sources.identity,
    ttlMs: ttlMs ?? env.DASHBOARD_CACHE_TTL * SECOND_MS,
    maxStaleMs: Math.max(env.DASHBOARD_MAX_STALE * SECOND_MS, 2 * (ttlMs ?? 0)),
  });
  return cached.get();
}

/** The value, or the reason why there is none. */
export function partOf<T>(taken: Taken<T>): Part<T> {
  return taken.state === 'missing'
    ? { value: null, reason: publicMessage(taken.failure.error) }
    : { value: taken.value, reason: null };
}
