import 'server-only';
import { readLastReports } from '@/lib/readings/silent-since';
import { SECOND_MS } from '@/lib/units';
import { clusterOf } from './joined';
import type { ReadingSet } from './reading-set';
import { partOf, takeOf } from './take-of';

/** Pages are there without it. */
const PATIENCE_MS = { refresh: SECOND_MS, first: 2 * SECOND_MS };

/**
 * When the nova-compute of hosts that are down last reported to Nova, in ms, by host. One request, only while a host is down.
 *
 * @param readings with inventory
 * @returns without hosts of which Nova does not say it
 */
export async function takeSilentSince(readings: ReadingSet): Promise<ReadonlyMap<string, number>> {
  const down = clusterOf(readings).hosts.flatMap(({ name, hypervisor: { state } }) => (state === 'down' ? [name] : []));
  if (down.length === 0) return new Map();
  const { value } = partOf(
    await takeOf(readings, {
      name: 'last-reports',
      source: 'nova',
      patienceMs: PATIENCE_MS,
      load: () => readLastReports(readings.sources.session),
    }),
  );
  return new Map(
    value?.flatMap(({ host, seenAt }) => (down.includes(host) && seenAt !== null ? [[host, seenAt] as const] : [])),
  );
}
