import 'server-only';
import type { HistoryRange } from '@/lib/contract/choices';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { mapTargets } from '@/lib/domain/cluster/host-index';
import type { HostPast, ServerLoad, Span } from '@/lib/readings/host-load';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
import type { Taken } from '../cache/cache';
import { clusterOf } from './joined';
import type { ReadingSet } from './reading-set';
import { takeOf } from './take-of';

/** What is read about one host when someone looks at it. */

/** About as many points as the chart has pixels. */
const SPANS: Record<HistoryRange, Span> = {
  '1h': { lengthMs: HOUR_MS, stepMs: 30 * SECOND_MS },
  '6h': { lengthMs: 6 * HOUR_MS, stepMs: 2 * MINUTE_MS },
  '24h': { lengthMs: 24 * HOUR_MS, stepMs: 10 * MINUTE_MS },
};

/** @param readings with inventory and load */
export const takePast = (readings: ReadingSet, host: ClusterHost, range: HistoryRange): Promise<Taken<HostPast>> =>
  takeSpan(readings, host, { name: `past-${range}`, span: SPANS[range] });

/** Points are two hours apart, and nobody waits long for those of all hosts that a VM was on. */
const WEEK = {
  name: 'past-week',
  span: { lengthMs: 7 * DAY_MS, stepMs: 2 * HOUR_MS },
  ttlMs: 20 * MINUTE_MS,
  patienceMs: { refresh: SECOND_MS, first: 2 * SECOND_MS },
};

/** @param readings with inventory and load */
export const takeWeek = (readings: ReadingSet, host: ClusterHost): Promise<Taken<HostPast>> =>
  takeSpan(readings, host, WEEK);

type Wanted = { name: string; span: Span; ttlMs?: number; patienceMs?: { refresh: number; first: number } };

function takeSpan(readings: ReadingSet, host: ClusterHost, { name, span, ...more }: Wanted): Promise<Taken<HostPast>> {
  const { index } = clusterOf(readings);
  const { hostLoad, load } = readings.sources;
  return takeOf(readings, {
    name: `${name} ${host.name}`,
    source: 'prometheus',
    ...more,
    load: () =>
      hostLoad.readPast(
        (targets) => mapTargets(targets, index, load.settings.hostLabels).hosts.get(host.name),
        readings.load?.value?.targets ?? [],
        span,
      ),
  });
}

/** @param readings with inventory */
export function takeServerLoad(readings: ReadingSet, host: ClusterHost): Promise<Taken<ServerLoad>> {
  return takeOf(readings, {
    name: `server-load ${host.name}`,
    source: 'prometheus',
    load: () => readings.sources.hostLoad.readUse(host.servers.map(({ id }) => id)),
  });
}
