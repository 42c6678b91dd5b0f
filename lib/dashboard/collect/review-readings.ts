import 'server-only';
import { type HostIndex, mapTargets } from '@/lib/domain/cluster/host-index';
import { listAffectedServers } from '@/lib/domain/plans/actions';
import type { Run } from '@/lib/domain/projection/executed-run';
import { readEnv } from '@/lib/env';
import type { Source } from '@/lib/errors';
import type { NodeTarget } from '@/lib/prometheus/records';
import { readPeaks } from '@/lib/readings/peaks';
import type { Part } from '@/lib/readings/placing-rules';
import { type PlanDetail, readPlanDetail } from '@/lib/readings/plan-detail';
import { type PastLoad, readLoadAt } from '@/lib/readings/plan-load';
import { type PlanPast, readPlanPast } from '@/lib/readings/plan-past';
import { readStrategies, readWatcherHealth, type Strategies, type WatcherHealth } from '@/lib/readings/watcher-health';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/units';
import type { Taken } from '../cache/cache';
import { clusterOf } from './joined';
import type { ReadingSet } from './reading-set';
import { partOf, takeOf } from './take-of';

/** What only the review of plans needs; what rarely changes is read rarely. */

/** Nobody waits longer than this for peaks. */
const MOST_PATIENCE_MS = 4 * SECOND_MS;

/** Up to this many hosts, the peaks of all of them are read; beyond, only those of hosts that a plan names. */
const ALL_HOSTS = 200;

/**
 * The highest CPU of hosts within a day, in percent by host. Until they arrive, the check counts as not made.
 *
 * @param readings with inventory and load
 * @param patienceMs how long to wait for those of one plan, where there are too many hosts to read all of them
 */
export async function takePeaks(
  readings: ReadingSet,
  planId: string,
  { hosts: wanted, patienceMs = MOST_PATIENCE_MS }: { hosts: string[]; patienceMs?: number },
): Promise<Part<Map<string, number>>> {
  const { hosts } = clusterOf(readings);
  const { load } = readings.sources;
  const targets = targetsByHost(readings);
  const all = hosts.length <= ALL_HOSTS;
  const first = all ? MOST_PATIENCE_MS : patienceMs;
  const names = all ? hosts.map(({ name }) => name) : [...new Set(wanted)];
  const measured = new Map(
    names.flatMap((name) => {
      const target = targets.get(name);
      return target === undefined ? [] : [[name, target] as const];
    }),
  );
  if (measured.size === 0) return { value: null, reason: 'No exporter reports these hosts.' };
  const taken = await takeOf(readings, {
    name: all ? 'peaks' : `peaks ${planId}`,
    source: 'prometheus' satisfies Source,
    ttlMs: 30 * MINUTE_MS,
    patienceMs: { refresh: Math.min(SECOND_MS, first), first },
    load: () => readPeaks(load, measured),
  });
  const { value, reason } = partOf(taken);
  return value === null ? { value, reason } : { value: new Map(Object.entries(value)), reason: null };
}

const mapped = new WeakMap<NodeTarget[], { index: HostIndex; hosts: ReadonlyMap<string, NodeTarget> }>();

/** Once for each reading: a thousand hosts take some milliseconds, and each plan asks. */
export function targetsByHost(readings: ReadingSet): ReadonlyMap<string, NodeTarget> {
  const targets = readings.load?.value?.targets;
  if (targets === undefined) return new Map();
  const { index } = clusterOf(readings);
  const known = mapped.get(targets);
  if (known?.index === index) return known.hosts;
  const { hosts } = mapTargets(targets, index, readings.sources.load.settings.hostLabels);
  mapped.set(targets, { index, hosts });
  return hosts;
}

export function takePlanDetail(readings: ReadingSet, planId: string): Promise<Taken<PlanDetail>> {
  const { session, load } = readings.sources;
  return takeOf(readings, {
    name: `plan ${planId}`,
    source: 'watcher',
    load: () => readPlanDetail({ session, load }, planId, listAffectedServers),
  });
}

export function takeWatcherHealth(readings: ReadingSet): Promise<Taken<WatcherHealth>> {
  return takeOf(readings, {
    name: 'watcher-health',
    source: 'watcher',
    ttlMs: readEnv().SOURCE_STATUS_CACHE_TTL * SECOND_MS,
    load: () => readWatcherHealth(readings.sources.session),
  });
}

export function takeStrategies(readings: ReadingSet): Promise<Taken<Strategies>> {
  return takeOf(readings, {
    name: 'strategies',
    source: 'watcher',
    ttlMs: 15 * MINUTE_MS,
    load: () => readStrategies(readings.sources.session),
  });
}

/** The load when a run began. The past does not change, so it is read once a day. */
export function takeRunStart(
  readings: ReadingSet,
  { planId, at, serverIds }: { planId: string; at: number; serverIds: string[] },
): Promise<Taken<PastLoad | null>> {
  const hosts = readings.inventory?.value?.hypervisors.length ?? 0;
  return takeOf(readings, {
    name: `run-start ${planId} ${at}`,
    source: 'prometheus',
    ttlMs: DAY_MS,
    // A page that follows a run asks again in a few seconds.
    patienceMs: { refresh: SECOND_MS, first: 2 * SECOND_MS },
    load: () => readLoadAt(readings.sources.load, { at, serverIds }, hosts),
  });
}

/**
 * The load before and after a finished run. The past does not change, so it is read once a day.
 *
 * @param patienceMs how long to wait for it; as for any reading if absent
 */
export function takePlanPast(
  readings: ReadingSet,
  { plan, done, moments }: Run,
  patienceMs?: number,
): Promise<Taken<PlanPast>> {
  const { load } = readings.sources;
  return takeOf(readings, {
    patienceMs: patienceMs === undefined ? undefined : { refresh: patienceMs, first: patienceMs },
    // Nova may finish further moves, or be readable only later.
    name: `run ${plan.id} ${moments?.before} ${moments?.after}`,
    source: 'prometheus',
    ttlMs: DAY_MS,
    load: async () => {
      if (!moments) throw new Error('A plan without an executed move has no past.');
      return readPlanPast(load, moments, [...new Set(done.flatMap(({ vm_id: id }) => id ?? []))]);
    },
  });
}
