import 'server-only';
import type { Attempt } from '@/lib/http';
import { processWide } from '@/lib/process-wide';
import { describeError, log } from './log';
import { ownMetrics } from './own-metrics';
import type { RegionId } from './region';

/** Logs and counts a request to a source. */
export function observeAttempt({ source, method, path, status, failure, ms, upstreamId }: Attempt): void {
  const { upstreamRequests, upstreamSeconds } = ownMetrics();
  upstreamRequests.inc({ source, outcome: failure ?? String(status) });
  upstreamSeconds.observe({ source }, ms / 1000);
  log().debug({ source, method, path, status, failure, ms, upstreamId }, 'upstream');
}

/** Readings whose last attempt failed, so that a recovery is logged once. */
const failing = () => processWide('failing-readings', () => new Set<string>());

/** Takes a reading, and logs and counts how long it took and whether it succeeded. @throws whatever `take` throws */
export async function observeRefresh<T>(region: RegionId, reading: string, take: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const name = `${region} ${reading}`;
  const record = (result: 'ok' | 'failed'): number => {
    const ms = Math.round(performance.now() - started);
    const { refreshes, refreshSeconds } = ownMetrics();
    refreshes.inc({ reading, result });
    refreshSeconds.set({ reading }, ms / 1000);
    return ms;
  };
  try {
    const value = await take();
    const ms = record('ok');
    if (failing().delete(name)) log().info({ reading, ms }, 'reading recovered');
    else log().debug({ reading, ms }, 'reading taken');
    return value;
  } catch (error) {
    const ms = record('failed');
    failing().add(name);
    log().warn({ reading, ms, ...describeError(error) }, 'reading failed');
    throw error;
  }
}
