import {
  listProviderUsages,
  listRoom,
  listTree,
  type ProviderRoom,
  readInventories,
  readUsages,
} from '@/lib/openstack/placement';
import type { Hypervisor, Inventory, ProviderUsage } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import type { ExporterInventory } from '@/lib/prometheus/records';
import { HOUR_MS } from '@/lib/units';
import { yieldNow } from '@/lib/yield';
import { collectLosses, type Losses } from './losses';

/** The last reading of Placement. */
export type PlacementReading = {
  kind: 'placement';
  providers: ProviderUsage[];
  /** By provider id: when its inventories were read, and the capacity of each resource class at that time. */
  capacities: Record<string, { capacity: Record<string, number>; at: number }>;
  /** Hosts that Placement does not know, with the time of that answer. */
  absent: Record<string, number>;
  /** Resource classes and providers that could not be read; `row` begins with the provider's name. */
  losses: Losses;
};

export type PlacementReader = {
  /** @throws SourceError of Keystone or Placement */
  read(hypervisors: Hypervisor[], previous?: PlacementReading): Promise<PlacementReading>;
};

/** When to read inventories without a known capacity and hosts without a provider again. */
const RECHECK_MS = HOUR_MS;

/** A host without room for one MiB of RAM usually has some disk or a vCPU left. */
const CLASSES = ['MEMORY_MB', 'DISK_GB', 'VCPU'];
/** If fewer hosts than this are missing, they are read individually. */
const MIN_MISSING = 3;

/**
 * Placement has no bulk call for inventories. One request for allocation candidates returns usage and capacity of every host
 * with room; completely full hosts are read individually. The parts of a capacity (total, reserved, ratio) are kept as long
 * as the capacity stays the same. They first come from an exporter, if they add up to Placement's capacity exactly, or else
 * from Placement, host by host.
 *
 * @param listExported rows of an openstack-exporter; called only if something is unknown, and must not reject
 */
export function openPlacementReader(
  session: Session,
  listExported: () => Promise<ExporterInventory[]>,
  clock: () => number = Date.now,
): PlacementReader {
  /** The class that finds the most hosts comes first. */
  let classes = CLASSES;

  /** null if Placement is too old for this request. */
  async function findRoom(reader: Session, hostIds: Set<string>): Promise<Map<string, ProviderRoom> | null> {
    const found = new Map<string, ProviderRoom>();
    const tries: { resourceClass: string; hosts: number }[] = [];
    const missing = () => [...hostIds].filter((id) => !found.has(id)).length;
    for (const resourceClass of classes) {
      const rooms = await listRoom(reader, `${resourceClass}:1`);
      if (rooms === null) return null;
      const own = rooms.filter(({ rootId }) => hostIds.has(rootId));
      for (const room of own) found.set(room.id, room);
      tries.push({ resourceClass, hosts: own.filter(({ id }) => hostIds.has(id)).length });
      if (missing() < MIN_MISSING) break;
    }
    const tried = tries.sort((a, b) => b.hosts - a.hosts).map(({ resourceClass }) => resourceClass);
    classes = [...tried, ...classes.filter((resourceClass) => !tried.includes(resourceClass))];
    return found;
  }

  async function read(hypervisors: Hypervisor[], previous?: PlacementReading): Promise<PlacementReading> {
    const hosts = new Map(hypervisors.map(({ id, hypervisorHostname }) => [id, hypervisorHostname]));
    // Before 2.53 Nova's hypervisors have no UUID, so providers can only be matched by name.
    const named = hypervisors.some(({ id }) => !id.includes('-'));
    // The first reading needs the exporter in any case, so query it at the same time.
    const early = previous === undefined ? listExported() : undefined;
    const { session: reader, losses } = collectLosses(session);
    const room = named || hosts.size === 0 ? null : await findRoom(reader, new Set(hosts.keys()));
    if (room === null) return readOneByOne(session, hypervisors, clock());

    const now = clock();
    const before = new Map(previous?.providers.map((provider) => [provider.id, provider]));
    const nameOf = (id: string) => hosts.get(id) ?? before.get(id)?.name ?? id;
    const reading: PlacementReading = { kind: 'placement', providers: [], capacities: {}, absent: {}, losses: [] };
    const keep = (provider: ProviderUsage, capacity: Record<string, number>, at: number) => {
      reading.providers.push(provider);
      reading.capacities[provider.id] = { capacity, at };
    };
    /** Providers whose inventories are not those of the previous reading, and neither are their losses. */
    const reread = new Set<string>();

    const unknown: ProviderRoom[] = [];
    for (const { id, rootId, resources, unread } of room.values()) {
      const capacity = capacityOf(resources);
      const known = before.get(id);
      const last = previous?.capacities[id];
      const provider = { id, name: nameOf(id), rootId, usages: usagesOf(resources) };
      if (known && last && isSame(last.capacity, capacity)) {
        const lost = (known.unread ?? []).filter((name) => !(name in known.inventories));
        keep({ ...provider, inventories: known.inventories, unread: [...unread, ...lost] }, capacity, last.at);
      } else {
        unknown.push({ id, rootId, resources, unread });
      }
    }

    const hints = groupHints(unknown.length === 0 ? [] : await (early ?? listExported()));
    await yieldNow();
    await Promise.all(
      unknown.map(async ({ id, rootId, resources, unread }) => {
        const hinted = inventoriesFrom(hints.get(nameOf(rootId)), id === rootId ? resources : {});
        reread.add(id);
        const found = hinted ? { known: hinted, unread: [] } : await readInventories(reader, id);
        if (found === null) return;
        const own = { inventories: found.known, usages: usagesOf(resources), unread: [...unread, ...found.unread] };
        keep({ id, name: nameOf(id), rootId, ...own }, capacityOf(resources), now);
      }),
    );

    const full = [...hosts.keys()].filter((id) => !room.has(id));
    await Promise.all(
      full.map(async (id) => {
        const checkedAt = previous?.absent[id];
        const since = checkedAt !== undefined && now - checkedAt < RECHECK_MS ? checkedAt : undefined;
        const tree = [...before.values()].filter(({ rootId }) => rootId === id);
        const providers = since === undefined ? await readTree(id, tree) : [];
        for (const { provider, at } of providers) keep(provider, {}, at);
        if (providers.length === 0) reading.absent[id] = since ?? now;
      }),
    );
    const isHere = new Set(reading.providers.map(({ id }) => id));
    const kept = (previous?.losses ?? []).filter(
      ({ what, owner }) => what === 'inventories' && owner !== null && isHere.has(owner) && !reread.has(owner),
    );
    return { ...reading, losses: [...kept, ...withNames(losses(), nameOf)] };

    /** A full host's provider tree. Its capacity is unknown, so its inventories are read again once an hour. */
    async function readTree(id: string, knownTree: ProviderUsage[]) {
      const tree = knownTree.length > 0 ? knownTree : await listTree(reader, id);
      const read = await Promise.all(
        tree.map(async (provider) => {
          const own = before.get(provider.id);
          const at = previous?.capacities[provider.id]?.at ?? Number.NEGATIVE_INFINITY;
          const isKnown = own !== undefined && now - at < RECHECK_MS;
          if (!isKnown) reread.add(provider.id);
          const [inventories, usages] = await Promise.all([
            isKnown ? { known: own.inventories, unread: own.unread ?? [] } : readInventories(reader, provider.id),
            readUsages(reader, provider.id),
          ]);
          if (inventories === null || usages === null) return [];
          const { name, rootId } = provider;
          const unread = [...inventories.unread, ...usages.unread];
          const parts = { inventories: inventories.known, usages: usages.known, unread };
          return [{ provider: { id: provider.id, name, rootId, ...parts }, at: isKnown ? at : now }];
        }),
      );
      return read.flat();
    }
  }

  return { read };
}

/** Inventories and usages belong to a provider; allocation candidates contain it. */
const withNames = (losses: Losses, nameOf: (id: string) => string): Losses =>
  losses.map((loss) => {
    const provider = loss.owner ?? (loss.row === loss.id ? null : loss.id);
    return provider === null ? loss : { ...loss, row: `${nameOf(provider)} ${loss.row}` };
  });

/** For a Placement that is too old for allocation candidates: two requests per provider. */
async function readOneByOne(session: Session, hypervisors: Hypervisor[], now: number): Promise<PlacementReading> {
  const ids = new Set(hypervisors.map(({ id }) => id));
  const names = new Set(hypervisors.map(({ hypervisorHostname }) => hypervisorHostname));
  const { session: reader, losses } = collectLosses(session);
  const providers = await listProviderUsages(reader, { isHost: ({ id, name }) => ids.has(id) || names.has(name) });
  const capacities = Object.fromEntries(providers.map(({ id }) => [id, { capacity: {}, at: now }]));
  const nameOf = new Map(providers.map(({ id, name }) => [id, name]));
  return {
    kind: 'placement',
    providers,
    capacities,
    absent: {},
    losses: withNames(losses(), (id) => nameOf.get(id) ?? id),
  };
}

type Resources = ProviderRoom['resources'];

const capacityOf = (resources: Resources): Record<string, number> =>
  Object.fromEntries(Object.entries(resources).map(([name, { capacity }]) => [name, capacity]));
const usagesOf = (resources: Resources): Record<string, number> =>
  Object.fromEntries(Object.entries(resources).map(([name, { used }]) => [name, used]));

function isSame(a: Record<string, number>, b: Record<string, number>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** By host, then by resource class. */
type Hints = Map<string, Map<string, ExporterInventory>>;

function groupHints(rows: ExporterInventory[]): Hints {
  const hints: Hints = new Map();
  for (const row of rows) {
    const own = hints.get(row.hypervisorHostname) ?? new Map<string, ExporterInventory>();
    hints.set(row.hypervisorHostname, own.set(row.resourceClass, row));
  }
  return hints;
}

/** A host's inventories from an exporter, if they include every class and add up to Placement's capacity; otherwise null. */
function inventoriesFrom(
  own: Map<string, ExporterInventory> | undefined,
  resources: Resources,
): Record<string, Inventory> | null {
  const inventories: Record<string, Inventory> = {};
  for (const [name, { capacity }] of Object.entries(resources)) {
    const hint = own?.get(name);
    // The tiny addend keeps 10 * 1.1 at 11 in binary arithmetic.
    if (!hint || Math.floor((hint.total - hint.reserved) * hint.allocationRatio + 1e-6) !== capacity) return null;
    const { total, reserved, allocationRatio } = hint;
    inventories[name] = { total, reserved, allocationRatio, maxUnit: total };
  }
  return Object.keys(inventories).length === 0 ? null : inventories;
}
