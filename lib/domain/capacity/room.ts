import type { Aggregate, ServerFlavor } from '@/lib/openstack/records';
import type { Part, PlacingRules } from '@/lib/readings/placing-rules';
import type { Cluster, ClusterHost } from '../cluster/cluster';
import { needsOf } from '../cluster/flavor-needs';
import { isInService } from '../cluster/host-records';
import type { InventoryPart } from '../cluster/inventories';
import { openZones } from '../cluster/zones';
import { aggregatesHave } from '../review/rules';

/** What hosts have left for more VMs, and the rules that Nova places them by. */

/** Amounts of one provider, in the unit of the resource class (MEMORY_MB in MiB). */
export type Piece = { free: number; most: number; least: number; step: number };

/** Providers of a resource class; null if the class can't be read. */
export type Pieces = Piece[] | null;

/** `projects`: for which alone it is kept; null if it is for all. */
export type RoomAggregate = Pick<Aggregate, 'name' | 'metadata'> & { projects: string[] | null };

export type RoomHost = Pick<ClusterHost, 'name' | 'servers'> & {
  /** Position among all hosts. */
  at: number;
  zone: string;
  /** Up and enabled: Nova places VMs on it. */
  isOpen: boolean;
  /** null if Placement's figures are unknown. */
  classes: ReadonlyMap<string, Pieces> | null;
  /** GiB of disk that its provider has; null if it has none. */
  disk: number | null;
  traits: ReadonlySet<string>;
  aggregates: RoomAggregate[];
};

export type Room = {
  hosts: RoomHost[];
  /** Zones with hosts, in natural order of their hosts. */
  zones: string[];
  /** Whether any host has CPUs for pinned VMs of their own. If none has, such VMs take what VCPU counts. */
  hasPinned: boolean;
  /** Requirements of flavors about aggregates, as `key=value`, that Nova evidently does not enforce: some VM breaks them. */
  unenforced: ReadonlySet<string>;
  /** Aggregates for certain projects that other projects have VMs in, by name: Nova evidently does not enforce that. */
  shared: ReadonlySet<string>;
  /** What could not be read, by rule: then it is not looked at. */
  unread: { rule: 'aggregates' | 'traits' | 'groups'; reason: string }[];
};

/** Hosts in the order of the cluster. Pauses between them. */
export function* openRoom(cluster: Cluster, rules: Part<PlacingRules>): Generator<undefined, Room> {
  const zoneOf = openZones(cluster.index, rules.value?.aggregates.value ?? []);
  const aggregates = aggregatesByHost(cluster, rules.value?.aggregates.value ?? []);
  const traits = traitsByHost(cluster, rules.value?.traits.value ?? {});
  const hosts = cluster.hosts.map((host, at): RoomHost => {
    const own = aggregates.get(host.name) ?? [];
    return {
      at,
      name: host.name,
      servers: host.servers,
      zone: zoneOf(host.name),
      isOpen: isInService(host.hypervisor),
      classes: piecesOf(host),
      disk: host.inventories?.DISK_GB?.total ?? null,
      traits: traits.get(host.name) ?? NO_TRAITS,
      aggregates: own,
    };
  });
  return {
    hosts,
    zones: [...new Set(hosts.map(({ zone }) => zone))],
    hasPinned: hosts.some(({ classes }) => classes?.has('PCPU')),
    ...(yield* findUnenforced(hosts)),
    unread: listUnread(rules),
  };
}

const NO_TRAITS: ReadonlySet<string> = new Set();

function piecesOf({ inventories }: ClusterHost): RoomHost['classes'] {
  if (inventories === null) return null;
  return new Map(
    Object.entries(inventories).map(([name, inventory]) => [
      name,
      inventory && (inventory.parts ?? [inventory]).map(toPiece),
    ]),
  );
}

const toPiece = ({
  capacity,
  used,
  max_unit: most,
  min_unit: least = 1,
  step_size: step = 1,
}: InventoryPart): Piece => ({
  free: Math.max(0, capacity - used),
  most,
  least,
  step,
});

function aggregatesByHost({ index }: Cluster, aggregates: Aggregate[]): Map<string, RoomAggregate[]> {
  const byHost = new Map<string, RoomAggregate[]>();
  for (const { hosts, name, metadata } of aggregates) {
    const aggregate = { name, metadata, projects: projectsIn(metadata) };
    for (const listed of hosts) {
      const host = index.resolve(listed) ?? listed;
      byHost.set(host, [...(byHost.get(host) ?? []), aggregate]);
    }
  }
  return byHost;
}

function traitsByHost({ index }: Cluster, traits: Record<string, string[]>): Map<string, Set<string>> {
  const byHost = new Map<string, Set<string>>();
  for (const [trait, ids] of Object.entries(traits)) {
    for (const id of ids) {
      const host = index.resolve(id);
      if (host === undefined) continue;
      const own = byHost.get(host) ?? new Set();
      byHost.set(host, own.add(trait));
    }
  }
  return byHost;
}

export const wishText = (key: string, value: string): string => `${key}=${value}`;

/** Nova checks these only if its filters for them are on, which no API reports. A VM that breaks one shows that it is off. */
function* findUnenforced(hosts: RoomHost[]): Generator<undefined, Pick<Room, 'unenforced' | 'shared'>> {
  const unenforced = new Set<string>();
  const shared = new Set<string>();
  const wishes = new Map<ServerFlavor, [string, string][]>();
  for (const { servers, aggregates } of hosts) {
    const flavors = new Set<ServerFlavor>();
    for (const { flavor } of servers) if (flavor !== null) flavors.add(flavor);
    for (const flavor of flavors) {
      const own = wishes.get(flavor) ?? Object.entries(needsOf(flavor).aggregate_specs);
      wishes.set(flavor, own);
      for (const [key, value] of own)
        if (aggregatesHave(aggregates, key, value) === false) unenforced.add(wishText(key, value));
    }
    for (const { name, projects } of aggregates) {
      if (projects !== null && servers.some(({ projectId }) => !projects.includes(projectId))) shared.add(name);
    }
    yield;
  }
  return { unenforced, shared };
}

/** Projects that an aggregate is kept for. */
function projectsIn(metadata: Aggregate['metadata']): string[] | null {
  const keys = Object.keys(metadata).filter((key) => key.startsWith('filter_tenant_id'));
  if (keys.length === 0) return null;
  return keys.flatMap((key) => (metadata[key] ?? '').split(',')).map((project) => project.trim());
}

function listUnread({ value, reason }: Part<PlacingRules>): Room['unread'] {
  const rules = ['aggregates', 'traits', 'groups'] as const;
  return rules.flatMap((rule) => {
    const why = value === null ? reason : value[rule].reason;
    return why === null ? [] : [{ rule, reason: why }];
  });
}
