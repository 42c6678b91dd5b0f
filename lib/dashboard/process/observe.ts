import 'server-only';
import { isFirstReading } from '@/lib/errors';
import type { Attempt } from '@/lib/http';
import { processWide } from '@/lib/process-wide';
import { noteChange } from './change-count';
import { describeError, log } from './log';
import { ownMetrics } from './own-metrics';
import type { RegionId } from './region';

/** Logs and counts a request to a source. */
export function observeAttempt(
  region: RegionId,
  { source, method, path, status, failure, ms, upstreamId }: Attempt,
): void {
  const { upstreamRequests, upstreamSeconds } = ownMetrics();
  upstreamRequests.inc({ region, source, outcome: failure ?? String(status) });
  upstreamSeconds.observe({ region, source }, ms / 1000);
  log().debug({ region, source, method, path, status, failure, ms, upstreamId }, 'upstream');
}

type Trouble = { since: number; told: Set<string> };

/** Readings that fail, since when, and what the log has about it, so that it has a line for each change and not each try. */
const failing = () => processWide('failing-readings', () => new Map<string, Trouble>());

/** Takes a reading, and logs and counts how long it took and whether it succeeded. @throws whatever `take` throws */
export async function observeRefresh<T>(region: RegionId, reading: string, take: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const name = `${region} ${reading}`;
  const record = (result: 'ok' | 'failed'): number => {
    const ms = Math.round(performance.now() - started);
    const { refreshes, refreshSeconds } = ownMetrics();
    refreshes.inc({ region, reading, result });
    refreshSeconds.set({ region, reading }, ms / 1000);
    // Pages read what is cached once this has returned.
    setImmediate(noteChange);
    return ms;
  };
  try {
    const value = await take();
    const ms = record('ok');
    const trouble = failing().get(name);
    failing().delete(name);
    if (trouble === undefined || trouble.told.size === 0) log().debug({ region, reading, ms }, 'reading taken');
    else log().info({ region, reading, ms, failedForMs: Math.round(started - trouble.since) }, 'reading recovered');
    return value;
  } catch (error) {
    const ms = record('failed');
    const trouble = failing().get(name) ?? { since: started, told: new Set() };
    failing().set(name, trouble);
    const fields = { region, reading, ms, ...describeError(error) };
    const known = String(error);
    // Waiting for the first reading of another source is no trouble.
    if (isFirstReading(error)) log().debug(fields, 'reading waits');
    else if (trouble.told.has(known)) log().debug(fields, 'reading still fails');
    else {
      log().warn(fields, 'reading failed');
      trouble.told.add(known);
    }
    throw error;
  }
}
