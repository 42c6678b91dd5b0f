import 'server-only';
import { mapTargets } from '@/lib/domain/cluster/host-index';
import { listMovedServers } from '@/lib/domain/plans/actions';
import type { Run } from '@/lib/domain/projection/delivered';
import { readEnv } from '@/lib/env';
import type { Source } from '@/lib/errors';
import { readPeaks } from '@/lib/readings/peaks';
import { type Part, type PlacingRules, readPlacingRules } from '@/lib/readings/placing-rules';
import { type PlanDetail, readPlanDetail } from '@/lib/readings/plan-detail';
import { type PlanPast, readPlanPast } from '@/lib/readings/plan-past';
import { readStrategies, readWatcherHealth, type Strategies, type WatcherHealth } from '@/lib/readings/watcher-health';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
import type { Taken } from '../cache/cache';
import { clusterOf } from './joined';
import type { Moment } from './moment';
import { partOf, takeOf } from './take-of';

/** What only the review of plans needs. What rarely changes is read rarely. */

/** @param moment with inventory */
export function takeRules(moment: Moment): Promise<Taken<PlacingRules>> {
  return takeOf(moment, {
    name: 'placing-rules',
    source: 'nova',
    ttlMs: 5 * MINUTE_MS,
    load: () => readPlacingRules(moment.sources.session, moment.inventory?.value?.servers ?? []),
  });
}

/** Of all hosts while they are few; of those that a plan names, beyond. */
const ALL_HOSTS = 200;

/**
 * Highest CPU of hosts within a day, percent by host.
 *
 * @param moment with inventory and load
 */
export async function takePeaks(moment: Moment, planId: string, wanted: string[]): Promise<Part<Map<string, number>>> {
  const { hosts, index } = clusterOf(moment);
  const { load } = moment.sources;
  const targets = mapTargets(moment.load?.value?.targets ?? [], index, load.settings.hostLabels).hosts;
  const all = hosts.length <= ALL_HOSTS;
  const names = all ? hosts.map(({ name }) => name) : [...new Set(wanted)];
  const instances = new Map(
    names.flatMap((name) => {
      const instance = targets.get(name)?.labels.instance;
      return instance === undefined ? [] : [[instance, name] as const];
    }),
  );
  if (instances.size === 0) return { value: null, reason: 'No exporter reports these hosts.' };
  const taken = await takeOf(moment, {
    name: all ? 'peaks' : `peaks ${planId}`,
    source: 'prometheus' satisfies Source,
    ttlMs: 30 * MINUTE_MS,
    // Nobody waits long for a day of samples: until they are there, it is a check that was not made.
    patienceMs: { refresh: SECOND_MS, first: 4 * SECOND_MS },
    load: () => readPeaks(load, [...instances.keys()]),
  });
  const { value, reason } = partOf(taken);
  if (value === null) return { value, reason };
  const peaks = Object.entries(value).flatMap(([instance, peak]) => {
    const host = instances.get(instance);
    return host === undefined ? [] : [[host, peak] as const];
  });
  return { value: new Map(peaks), reason: null };
}

export function takePlanDetail(moment: Moment, planId: string): Promise<Taken<PlanDetail>> {
  const { session, load } = moment.sources;
  return takeOf(moment, {
    name: `plan ${planId}`,
    source: 'watcher',
    load: () => readPlanDetail({ session, load }, planId, listMovedServers),
  });
}

export function takeWatcherHealth(moment: Moment): Promise<Taken<WatcherHealth>> {
  return takeOf(moment, {
    name: 'watcher-health',
    source: 'watcher',
    ttlMs: readEnv().SOURCE_STATUS_CACHE_TTL * SECOND_MS,
    load: () => readWatcherHealth(moment.sources.session),
  });
}

export function takeStrategies(moment: Moment): Promise<Taken<Strategies>> {
  return takeOf(moment, {
    name: 'strategies',
    source: 'watcher',
    ttlMs: 15 * MINUTE_MS,
    load: () => readStrategies(moment.sources.session),
  });
}

/** The load around a run that is over: the past does not change, so it is read once a day. */
export function takePlanPast(moment: Moment, { plan, done, moments }: Run): Promise<Taken<PlanPast>> {
  const { load } = moment.sources;
  return takeOf(moment, {
    name: `run ${plan.id}`,
    source: 'prometheus',
    ttlMs: DAY_MS,
    load: async () => {
      if (!moments) throw new Error('A plan of which nothing ran has no past.');
      return readPlanPast(load, moments, [...new Set(done.map(({ serverId }) => serverId))]);
    },
  });
}
