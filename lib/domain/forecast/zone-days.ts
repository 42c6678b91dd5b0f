import { groupBy } from '@/lib/group-by';
import { type Allocation, addAllocations, type Measured } from '../cluster/capacity';
import type { ClusterHost } from '../cluster/cluster';

/** How full each zone is, in the words of a day of its history. */

/** Allocated vCPUs and bytes of RAM, and logical CPUs and bytes of RAM that are in use. */
const RESOURCES = ['vcpu', 'ram', 'cpu-use', 'ram-use'] as const;
export type Resource = (typeof RESOURCES)[number];

export const resourceCalled = (name: string): Resource | undefined => RESOURCES.find((one) => one === name);

/** `used` and `capacity` in the unit of the resource. */
export type ZoneUse = { zone: string; resource: Resource; used: number; capacity: number };

/** Less than this share of the hosts measured says nothing about the zone. */
const MOST_HOSTS = 0.95;

/**
 * What is unknown of a host can't be left out of a sum that is compared with tomorrow's, so that a zone with such a host has
 * no allocation. Some hosts are always down: without up to a twentieth of them, what the others use counts.
 */
export function usesByZone(hosts: ClusterHost[], zoneOf: (host: string) => string): ZoneUse[] {
  return [...groupBy(hosts, ({ name }) => zoneOf(name))].flatMap(([zone, own]) => {
    const entry = (resource: Resource, sum: { used: number; capacity: number } | null): ZoneUse[] =>
      sum === null || sum.capacity === 0 ? [] : [{ zone, resource, ...sum }];
    return [
      ...entry('vcpu', sumAllocated(own.map(({ vcpu }) => vcpu))),
      ...entry('ram', sumAllocated(own.map(({ vram }) => vram))),
      ...entry('cpu-use', sumMeasured(own.map(({ cpu }) => cpu))),
      ...entry('ram-use', sumMeasured(own.map(({ ram }) => ram))),
    ];
  });
}

function sumAllocated(all: (Allocation | null)[]): { used: number; capacity: number } | null {
  const known = all.filter((one) => one !== null);
  if (known.length < all.length) return null;
  const { used, capacity } = known.reduce(addAllocations, { total: 0, reserved: 0, capacity: 0, used: 0 });
  return { used, capacity };
}

function sumMeasured(all: Measured[]): { used: number; capacity: number } | null {
  const known = all.flatMap(({ used, total }) => (used === null || total === null ? [] : [{ used, total }]));
  if (known.length < MOST_HOSTS * all.length) return null;
  return {
    used: known.reduce((sum, { used }) => sum + used, 0),
    capacity: known.reduce((sum, { total }) => sum + total, 0),
  };
}
