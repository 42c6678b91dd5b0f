import type { Aggregate } from '@/lib/openstack/records';
import type { Room } from './room';

/** Hosts that may fail together. Numbers as in the room. */
export type HostGroup = { kind: 'rack' | 'aggregate'; name: string; hosts: number[] };

/** A group that is nearly everything is no failure that anyone plans for. */
const LARGEST_SHARE = 0.5;
const MOST_GROUPS = 200;

/**
 * Racks by the names of hosts, and aggregates. OpenStack has no racks, but names of hosts do: those that differ only in their
 * last number stand together. Zones are left out, since VMs stay in theirs.
 */
export function listGroups(
  { hosts }: Room,
  aggregates: Aggregate[],
  resolve: (name: string) => string | undefined,
): HostGroup[] {
  const numbers = new Map(hosts.map(({ name, at }) => [name, at]));
  const racks = new Map<string, number[]>();
  for (const { name, at } of hosts) {
    const rack = /^(.+?)[-_.]?\d+$/.exec(name.split('.')[0] ?? '')?.[1];
    // A name without a second number names a kind of host, not a rack.
    if (rack && /\d$/.test(rack)) racks.set(rack, [...(racks.get(rack) ?? []), at]);
  }
  const groups: HostGroup[] = [
    ...[...racks].map(([name, own]): HostGroup => ({ kind: 'rack', name, hosts: own })),
    ...aggregates
      .filter(({ zone }) => zone === null)
      .map(
        ({ name, hosts: own }): HostGroup => ({
          kind: 'aggregate',
          name,
          hosts: own.flatMap((host) => numbers.get(resolve(host) ?? host) ?? []),
        }),
      ),
  ];
  return groups
    .filter((group) => group.hosts.length > 1 && group.hosts.length <= LARGEST_SHARE * hosts.length)
    .slice(0, MOST_GROUPS);
}
