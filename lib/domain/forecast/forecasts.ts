import { groupBy } from '@/lib/group-by';
import type { ClusterHost } from '../cluster/cluster';
import type { Limits } from '../cluster/levels';
import { type Day, type DaysToFull, daysToFull } from './days-to-full';
import { type Resource, usesByZone, type ZoneUse } from './zone-days';

/** For each zone and resource: what may be used, and when that is reached. */

export type ZoneDay = Day & { zone: string; resource: Resource };

export type Forecast = ZoneUse & {
  /** What may be used while one host of the zone stays in reserve. */
  limit: number;
  /** One entry a day, the oldest first, including today. */
  history: Day[];
  /** Who kept the days: an openstack-exporter, or the product itself. */
  keptBy: 'exporter' | 'dashboard' | null;
  result: DaysToFull;
};

type Cloud = { hosts: ClusterHost[]; zoneOf: (host: string) => string; limits: Limits; today: number };

type History = { exported: ZoneDay[]; noted: ZoneDay[] };

/**
 * Zones in natural order of their hosts. A zone and resource with anything unknown about it today is left out.
 *
 * @param today days since the epoch
 */
export function forecastZones({ hosts, zoneOf, limits, today }: Cloud, history: History): Forecast[] {
  const exported = groupBy(history.exported, keyOf);
  const noted = groupBy(history.noted, keyOf);
  return usesByZone(hosts, zoneOf).map((use) => {
    const { zone, resource, used, capacity } = use;
    const key = keyOf(use);
    const [fromExporter, own] = [exported.get(key) ?? [], noted.get(key) ?? []];
    const best = own.length >= fromExporter.length ? own : fromExporter;
    const past = best.filter(({ day }) => day < today).map(({ day, used, capacity }) => ({ day, used, capacity }));
    const days = [...past, { day: today, used, capacity }];
    const limit = limitOf(use, { hosts: hosts.filter(({ name }) => zoneOf(name) === zone), limits });
    const keptBy = past.length === 0 ? null : best === own ? 'dashboard' : 'exporter';
    const result: DaysToFull = past.length === 0 && used < limit ? { answer: 'no-history' } : daysToFull(days, limit);
    return { ...use, resource, limit, history: days, keptBy, result };
  });
}

const SIZES: Record<Resource, (host: ClusterHost) => number | null | undefined> = {
  vcpu: ({ vcpu }) => vcpu?.capacity,
  ram: ({ vram }) => vram?.capacity,
  'cpu-use': ({ cpu }) => cpu.total,
  'ram-use': ({ ram }) => ram.total,
};

/**
 * Allocation ends at the capacity of all hosts but the largest. What is in use ends where these hosts would be hot.
 */
function limitOf({ resource, capacity }: ZoneUse, { hosts, limits }: { hosts: ClusterHost[]; limits: Limits }): number {
  const reserve = hosts.length > 1 ? Math.max(...hosts.map((host) => SIZES[resource](host) ?? 0)) : 0;
  const share = resource === 'cpu-use' ? limits.cpu.hot / 100 : resource === 'ram-use' ? limits.ram.hot / 100 : 1;
  return share * (capacity - reserve);
}

const keyOf = ({ zone, resource }: { zone: string; resource: Resource }): string => `${resource} ${zone}`;
