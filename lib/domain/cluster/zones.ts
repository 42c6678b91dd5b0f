import type { Aggregate } from '@/lib/openstack/records';
import type { HostIndex } from './host-index';

/** Nova's zone for hosts that are in no other. */
export const DEFAULT_ZONE = 'nova';

/** The zone of a host, by its own name. A host is in one zone at most, which an aggregate gives it. */
export function openZones(index: HostIndex, aggregates: Pick<Aggregate, 'zone' | 'hosts'>[]): (host: string) => string {
  const zones = new Map(
    aggregates.flatMap(({ zone, hosts }) =>
      zone === null ? [] : hosts.map((host) => [index.resolve(host) ?? host, zone] as const),
    ),
  );
  return (host) => zones.get(host) ?? DEFAULT_ZONE;
}
