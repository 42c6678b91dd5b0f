import 'server-only';
import { type Source, SourceError } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import type { RegionId } from '../process/region';

/** How long a failed reading waits before the next attempt. */

export type Failure = { error: unknown; since: number; at: number };

/** The first pause, unless one TTL is shorter. */
const FIRST_MS = 10_000;
const LONGEST_MS = 60_000;
/** Pauses grow with the failure, so that after a short one the recovery is noticed soon. */
const SHARE_OF_FAILURE = 4;
/** A person can't shorten a pause below this. */
const SHORTEST_MS = 2_000;

/** Recoveries seen so far, and for each source which was its last. */
const recoveries = () => processWide('source-recoveries', () => ({ count: 0, last: new Map<string, number>() }));

/** To be taken before an attempt: a recovery after it ends the pause that follows a failure. */
export const countRecoveries = (): number => recoveries().count;

/** A reading succeeds for the first time, or again. Everything in OpenStack is read with a token of Keystone. */
export function noteRecovery(region: RegionId, source: Source): void {
  const all = recoveries();
  all.count++;
  const sources: Source[] = source === 'prometheus' ? ['prometheus'] : [source, 'keystone'];
  for (const each of sources) all.last.set(`${region} ${each}`, all.count);
}

/** @param counted the recoveries before the attempt that failed */
export function hasRecovered({ error }: Failure, region: RegionId, counted: number): boolean {
  return error instanceof SourceError && (recoveries().last.get(`${region} ${error.source}`) ?? 0) > counted;
}

/** How long a failed reading waits for the next attempt. */
export function pauseMs({ since, at }: Failure, ttlMs: number): number {
  return Math.min(LONGEST_MS, Math.max(Math.min(FIRST_MS, ttlMs), (at - since) / SHARE_OF_FAILURE));
}

/** Whether a person may have a failed reading tried again now. */
export const mayRetry = (failure: Failure, now: number): boolean => now - failure.at >= SHORTEST_MS;
