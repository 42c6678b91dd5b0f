import 'server-only';
import type { Host } from '@/lib/contract/v1/hosts';
import type { Cluster } from '@/lib/domain/cluster/cluster';
import { groupInSteps, type ServerGroups } from '@/lib/domain/cluster/server-groups';
import { clusterWithin } from '@/lib/domain/cluster/within';
import { openZones } from '@/lib/domain/cluster/zones';
import { SourceError } from '@/lib/errors';
import type { Part } from '@/lib/readings/placing-rules';
import { yieldIfDue } from '@/lib/yield';
import { clusterOf } from './joined';
import { lastFor, lastMadeFor, partsOf } from './last-for';
import { takeAggregates } from './placing';
import type { ReadingSet } from './reading-set';
import { CAPACITY_READINGS } from './reading-values';

/** Zones and aggregates as views of hosts: every figure of one is the sum over its hosts. */

/** The zone and the aggregates of a host, by its name. */
export type PlaceOf = (host: string) => Pick<Host, 'zone' | 'aggregates'>;

export type Places = {
  placeOf: PlaceOf;
  /** Those that have hosts, zones in the order of their hosts. */
  zones: string[];
  aggregates: string[];
};

/** Only hosts of this zone, of this aggregate, or of both. */
export type PlaceQuery = { zone?: string; aggregate?: string };

const keepPlaces = lastFor<Places>('places');

/** @param readings with inventory */
export async function takePlaces(readings: ReadingSet): Promise<Part<Places>> {
  const known = await takeAggregates(readings);
  if (known.value === null) return known;
  const { value } = known;
  return {
    value: keepPlaces([...partsOf(readings, ['inventory']), value], () => listPlaces(clusterOf(readings), value)),
    reason: null,
  };
}

type KnownAggregates = NonNullable<Awaited<ReturnType<typeof takeAggregates>>['value']>;

function listPlaces({ index, hosts }: Cluster, known: KnownAggregates): Places {
  const zoneOf = openZones(index, known);
  const own = new Map<string, string[]>();
  for (const { name, hosts: listed } of known) {
    for (const one of listed) {
      const host = index.resolve(one) ?? one;
      own.set(host, [...(own.get(host) ?? []), name]);
    }
  }
  const placeOf = (host: string) => ({ zone: zoneOf(host), aggregates: own.get(host) ?? [] });
  return {
    placeOf,
    zones: [...new Set(hosts.map(({ name }) => zoneOf(name)))],
    aggregates: [...new Set(hosts.flatMap(({ name }) => own.get(name) ?? []))].sort(),
  };
}

/** Hosts that a view is about, with their VMs. `names`: null for all hosts. */
export type Within = { cluster: Cluster; groups: ServerGroups; names: ReadonlySet<string> | null };

/** All of the region. @param readings with inventory */
export const wholeOf = (readings: ReadingSet): Within => ({
  cluster: clusterOf(readings),
  groups: readings.groups,
  names: null,
});

const keepWithin = lastMadeFor<Within>('within');

/**
 * The part of the region that a view is about; all of it without a place, and no host of one that no host is in.
 *
 * @param readings with inventory
 * @throws SourceError of Nova if its aggregates are needed and not known
 */
export async function takeWithin(readings: ReadingSet, { zone, aggregate }: PlaceQuery): Promise<Within> {
  if (zone === undefined && aggregate === undefined) return wholeOf(readings);
  const { value: places, reason } = await takePlaces(readings);
  if (places === null) throw new SourceError('nova', 'shape', reason);
  const isIn = (host: string) => {
    const own = places.placeOf(host);
    return (
      (zone === undefined || own.zone === zone) && (aggregate === undefined || own.aggregates?.includes(aggregate))
    );
  };
  return keepWithin([...partsOf(readings, CAPACITY_READINGS), places, zone, aggregate], async () => {
    const part = clusterWithin(clusterOf(readings), (host) => isIn(host) === true);
    const groups = await groupInSteps(
      part.hosts.flatMap(({ servers }) => servers),
      yieldIfDue,
    );
    return { cluster: part, groups, names: new Set(part.hosts.map(({ name }) => name)) };
  });
}
