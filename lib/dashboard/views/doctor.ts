import 'server-only';
import type { Doctor } from '@/lib/contract/v1/doctor';
import { readEnv } from '@/lib/env';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { requireVisitor } from '../access/visitors';
import { openCached } from '../cache/cache';
import { runDoctor } from '../collect/examination';
import type { RegionId } from '../process/region';

/** The doctor for page and API: one examination at a time, kept for as long as the probes of the sources. */
export async function viewDoctor(region: RegionId): Promise<Doctor> {
  await requireVisitor();
  let ttlMs: number;
  try {
    ttlMs = readEnv().SOURCE_STATUS_CACHE_TTL * SECOND_MS;
  } catch {
    // The doctor reports what is wrong with the settings.
    return runDoctor(region);
  }
  const taken = await openCached({
    region,
    name: 'doctor',
    identity: 'doctor',
    source: 'keystone',
    ttlMs,
    maxStaleMs: 2 * ttlMs,
    load: () => runDoctor(region),
    patienceMs: { refresh: 15 * SECOND_MS, first: MINUTE_MS },
  }).get();
  if (taken.state === 'missing') throw taken.failure.error;
  return taken.value;
}
