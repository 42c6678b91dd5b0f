import 'server-only';
import { isComputeHost } from '@/lib/domain/cluster/host-records';
import { spanOfRecord, spanOfRuns } from '@/lib/domain/plans/runs';
import type { Env } from '@/lib/env';
import { readExporterAllocations, readPlacement } from '@/lib/readings/allocations';
import type { Report } from '@/lib/readings/inventory';
import { SECOND_MS } from '@/lib/units';
import type { Fill, Taken, Wish } from '../cache/cache';
import type { Sources } from '../sources/sources';
import { planLoadRequest, withOtherServers } from './plan-load-request';
import type { ReadingName, ReadingValues } from './reading-values';

/** What a loader works with. `take`: another reading of the same region. */
type Tools = {
  sources: Sources;
  env: Env;
  take<Name extends ReadingName>(name: Name, wish?: Wish): Promise<Taken<ReadingValues[Name]>>;
};

type Loader<T> = (tools: Tools, fill: Fill<T>) => Promise<T>;

/** How each reading is taken; one that builds on another waits for it. */
export const LOADERS: { [Name in ReadingName]: Loader<ReadingValues[Name]> } = {
  inventory: ({ sources }, { previous, report }) => sources.inventory.read(previous?.value, atIntervals(report)),
  allocations: async ({ sources, env, take }, { previous }) => {
    if (env.CAPACITY_SOURCE === 'openstack-exporter') return readExporterAllocations(sources.load);
    // Placement needs only the hosts, which are known long before all VMs are.
    const { hypervisors } = requireValue(await take('inventory', { partial: true }));
    return readPlacement(sources.placement, hypervisors.filter(isComputeHost), previous?.value);
  },
  load: ({ sources }) => sources.load.read(),
  optimizer: ({ sources }, { previous }) => sources.optimizer.read(previous?.value),
  planLoad: async ({ sources, take }, { previous }) => {
    const request = await planLoadRequest(requireValue(await take('optimizer')));
    const inventory = await take('inventory', { partial: true });
    const hosts = inventory.value?.hypervisors.length ?? ASSUMED_HOSTS;
    const serverIds = withOtherServers(request.serverIds, inventory.value?.servers ?? []);
    return sources.planLoad.read({ ...request, serverIds, hosts }, previous?.value);
  },
  migrations: async ({ sources, take }, { previous }) => {
    const now = Date.now();
    const runs = spanOfRuns(requireValue(await take('optimizer')), now);
    return sources.migrations.read(spanOfRecord(runs, now), previous?.value);
  },
};

/** The number of hosts while it is unknown: large, so that queries are split rather than too big. */
const ASSUMED_HOSTS = 1_000;

/**
 * Whoever looks gets everything computed from the part read so far; doing so for every page of VMs would cost more than
 * reading.
 */
const REPORT_MS = SECOND_MS;

function atIntervals(report: Fill<ReadingValues['inventory']>['report']): Report {
  let last = Number.NEGATIVE_INFINITY;
  return (progress, partial) => {
    const now = performance.now();
    if (now - last < REPORT_MS) return;
    last = now;
    report(progress, partial);
  };
}

/** The value of a reading that another one builds on. @throws why it has none */
function requireValue<T>(taken: Taken<T>): T {
  if (taken.state === 'missing') throw taken.failure.error;
  return taken.value;
}
