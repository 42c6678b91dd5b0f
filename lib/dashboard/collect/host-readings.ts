import 'server-only';
import type { HistoryRange } from '@/lib/contract/choices';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { mapTargets } from '@/lib/domain/cluster/host-index';
import type { HostPast, ServerLoad, Span } from '@/lib/readings/host-load';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
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
export function takePast(readings: ReadingSet, host: ClusterHost, range: HistoryRange): Promise<Taken<HostPast>> {
  const { index } = clusterOf(readings);
  const { hostLoad, load } = readings.sources;
  return takeOf(readings, {
    name: `past-${range} ${host.name}`,
    source: 'prometheus',
    load: () =>
      hostLoad.readPast(
        (targets) => mapTargets(targets, index, load.settings.hostLabels).hosts.get(host.name),
        readings.load?.value?.targets ?? [],
        SPANS[range],
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
