import 'server-only';
import type { Doctor } from '@/lib/contract/v1/doctor';
import { readEnv } from '@/lib/env';
import { requireVisitor } from '../access/gate';
import { openCached } from '../cache/cache';
import { runDoctor } from '../collect/examination';

/** The doctor for page and API: one examination at a time, kept as long as the probes of sources are. */
export async function viewDoctor(): Promise<Doctor> {
  await requireVisitor();
  let ttlMs: number;
  try {
    ttlMs = readEnv().SOURCE_STATUS_CACHE_TTL * 1000;
  } catch {
    // It says itself what is wrong with the settings.
    return runDoctor();
  }
  const taken = await openCached({
    name: 'doctor',
    identity: 'doctor',
    source: 'keystone',
    ttlMs,
    maxStaleMs: 2 * ttlMs,
    load: runDoctor,
    patienceMs: { refresh: 15_000, first: 60_000 },
  }).get();
  if (taken.state === 'missing') throw taken.failure.error;
  return taken.value;
}
