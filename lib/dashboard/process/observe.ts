import 'server-only';
import type { Attempt } from '@/lib/http';
import { processWide } from '@/lib/process-wide';
import { describeError, log } from './log';
import { ownMetrics } from './own-metrics';

/** Every question to a source, in the log and in the metrics. */
export function observeAttempt({ source, method, path, status, failure, ms, upstreamId }: Attempt): void {
  const { upstreamRequests, upstreamSeconds } = ownMetrics();
  upstreamRequests.inc({ source, outcome: failure ?? String(status) });
  upstreamSeconds.observe({ source }, ms / 1000);
  log().debug({ source, method, path, status, failure, ms, upstreamId }, 'upstream');
}

/** Readings that failed at the last attempt, so that a recovery is worth a line. */
const failing = () => processWide('failing-readings', () => new Set<string>());

/** An attempt to take a reading: how long it took and what came of it. */
export async function observeRefresh<T>(reading: string, take: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const told = (result: 'ok' | 'failed'): number => {
    const ms = Math.round(performance.now() - started);
    const { refreshes, refreshSeconds } = ownMetrics();
    refreshes.inc({ reading, result });
    refreshSeconds.set({ reading }, ms / 1000);
    return ms;
  };
  try {
    const value = await take();
    const ms = told('ok');
    if (failing().delete(reading)) log().info({ reading, ms }, 'reading taken again after a failure');
    else log().debug({ reading, ms }, 'reading taken');
    return value;
  } catch (error) {
    const ms = told('failed');
    failing().add(reading);
    log().warn({ reading, ms, ...describeError(error) }, 'reading failed');
    throw error;
  }
}
