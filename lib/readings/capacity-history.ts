import { type CapacityPoint, listCapacityHistory } from '@/lib/prometheus/capacity-history';
import { gridUntil } from '@/lib/prometheus/node-history';
import { DAY_MS, dayOf, MIB } from '@/lib/units';
import type { LoadReader } from './load';

/** What could be allocated of a resource in a zone on a day, and what was: vCPUs with PCPUs, or bytes of RAM. */
export type AllocatedDay = { zone: string; resource: 'vcpu' | 'ram'; day: number; used: number; capacity: number };

/**
 * The days of an openstack-exporter, taken at midnight UTC, for today's hosts: what was on a host that is gone isn't known.
 *
 * @param hostnames the resource providers of each zone
 * @param days how far back, before `now`
 * @throws SourceError of Prometheus
 */
export async function readCapacityHistory(
  load: LoadReader,
  hostnames: Map<string, string[]>,
  { days: most, now }: { days: number; now: number },
): Promise<AllocatedDay[]> {
  const metrics = await load.metrics();
  const grid = gridUntil(now, most * DAY_MS, DAY_MS);
  const days: AllocatedDay[] = [];
  // One zone after the other, since nobody waits for them.
  for (const [zone, names] of hostnames) days.push(...toDays(zone, await listCapacityHistory(metrics, names, grid)));
  return days;
}

function toDays(zone: string, points: CapacityPoint[]): AllocatedDay[] {
  const days = new Map<string, AllocatedDay>();
  for (const { at, resourceClass, used, capacity } of points) {
    const isRam = resourceClass === 'MEMORY_MB';
    const unit = isRam ? MIB : 1;
    const resource = isRam ? 'ram' : 'vcpu';
    const day = dayOf(at);
    const known = days.get(`${day} ${resource}`) ?? { zone, resource, day, used: 0, capacity: 0 };
    // VCPU and PCPU count together, as everywhere.
    days.set(`${day} ${resource}`, {
      ...known,
      used: known.used + unit * used,
      capacity: known.capacity + unit * capacity,
    });
  }
  return [...days.values()];
}
