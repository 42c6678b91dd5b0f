import 'server-only';
import type { HistoryRange } from '@/lib/contract/query';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { mapTargets } from '@/lib/domain/cluster/host-index';
import { readEnv } from '@/lib/env';
import type { HostPast, ServerLoad, Span } from '@/lib/readings/host-load';
import { type CacheOptions, openCached, type Taken } from '../cache/cache';
import { clusterOf, type Moment } from './moment';

/** What is read of one host when somebody looks at it; each host with its own clock, age and error. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** About as many points as the chart has pixels for. */
export const SPANS: Record<HistoryRange, Span> = {
  '1h': { lengthMs: HOUR, stepMs: 30 * SECOND },
  '6h': { lengthMs: 6 * HOUR, stepMs: 2 * MINUTE },
  '24h': { lengthMs: 24 * HOUR, stepMs: 10 * MINUTE },
};

const takeOf = <T>(moment: Moment, name: string, load: CacheOptions<T>['load']): Promise<Taken<T>> => {
  const env = readEnv();
  return openCached({
    name,
    identity: moment.sources.identity,
    source: 'prometheus',
    ttlMs: env.DASHBOARD_CACHE_TTL * SECOND,
    maxStaleMs: env.DASHBOARD_MAX_STALE * SECOND,
    load,
  }).get();
};

/** @param moment with inventory and load */
export function takePast(moment: Moment, host: ClusterHost, range: HistoryRange): Promise<Taken<HostPast>> {
  const { index } = clusterOf(moment);
  const { hostLoad, load } = moment.sources;
  return takeOf(moment, `past-${range} ${host.name}`, () =>
    hostLoad.readPast(
      (targets) => mapTargets(targets, index, load.settings.hostLabels).hosts.get(host.name),
      moment.load?.value?.targets ?? [],
      SPANS[range],
    ),
  );
}

/** @param moment with inventory */
export function takeServerLoad(moment: Moment, host: ClusterHost): Promise<Taken<ServerLoad>> {
  return takeOf(moment, `server-load ${host.name}`, () =>
    moment.sources.hostLoad.readUse(host.servers.map(({ id }) => id)),
  );
}
