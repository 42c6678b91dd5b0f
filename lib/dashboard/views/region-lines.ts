import 'server-only';
import type { RegionEntry } from '@/lib/contract/v1/regions';
import { levelOfHost } from '@/lib/domain/cluster/overview';
import { stateOfRegion } from '@/lib/domain/cluster/region-state';
import { isFirstReading, publicMessage } from '@/lib/errors';
import { SECOND_MS } from '@/lib/units';
import { asServer } from '../access/visitors';
import { clusterOf } from '../collect/joined';
import { type ReadingSet, takeReadings } from '../collect/reading-set';
import { CAPACITY_READINGS } from '../collect/reading-values';
import { withinOrNull } from '../process/waiting';
import { defaultRegion, type Region } from '../sources/regions';
import { listEntries } from './plan-entries';

/** What is said about a region in one line. */
export type RegionLine = Omit<RegionEntry, 'may_act'>;

/** A region that is slow is said to be so; the others are not kept waiting. */
const PATIENCE_MS = SECOND_MS;

/** Never rejects for a region that fails. Looking at the list is no visit to its regions. */
export async function viewRegionLine(region: Region): Promise<RegionLine> {
  const { id, cloud, name, label } = region;
  const about = { id, cloud, name, label, is_default: id === defaultRegion().id };
  try {
    const names = [...CAPACITY_READINGS, 'optimizer', 'migrations'] as const;
    const taking = asServer(() => takeReadings(id, names, { visit: false, partial: true }));
    const readings = await withinOrNull(taking, PATIENCE_MS);
    return { ...about, ...(readings === null ? STILL_READING : describeRegion(readings)) };
  } catch (error) {
    return { ...about, ...UNKNOWN, state: 'failed', problem: publicMessage(error) };
  }
}

const UNKNOWN = {
  hosts_total: null,
  hosts_hot: null,
  plans_waiting: null,
  plans_running: null,
  as_of: null,
  failing_since: null,
};
const STILL_READING = { ...UNKNOWN, state: 'reading', problem: null } as const;

function describeRegion(readings: ReadingSet): Omit<RegionLine, 'id' | 'cloud' | 'name' | 'label' | 'is_default'> {
  const { inventory, optimizer, settings } = readings;
  const isComplete = inventory?.value != null && inventory.state !== 'partial';
  const hosts = isComplete ? clusterOf(readings).hosts : null;
  const hot = hosts?.filter((host) => levelOfHost(host, settings.limits) === 'hot').length ?? 0;
  const failing = [inventory, readings.load, readings.allocations, optimizer].find(
    (taken) => taken?.failure != null && !isFirstReading(taken.failure.error),
  );
  const plans = optimizer?.value == null ? null : listEntries(readings);
  return {
    state: stateOfRegion({
      hosts: hosts && { total: hosts.length, hot },
      isStale: inventory?.failure != null,
      isReading: failing === undefined,
    }),
    hosts_total: hosts?.length ?? null,
    hosts_hot: hosts && readings.load?.value != null ? hot : null,
    plans_waiting: plans?.filter(({ part }) => part === 'waiting').length ?? null,
    plans_running: plans?.filter(({ part, plan }) => part === 'running' && plan.state !== 'PENDING').length ?? null,
    as_of: inventory?.at ?? null,
    failing_since: failing?.failure?.since ?? null,
    problem: failing?.failure ? publicMessage(failing.failure.error) : null,
  };
}
