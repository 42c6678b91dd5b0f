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
import { yieldNow } from '@/lib/yield';

/** Placement as it was read last. */
export type PlacementReading = {
  kind: 'placement';
  providers: ProviderUsage[];
  /** Capacity of each class when the inventories of a provider were read, and when that was; by the provider's id. */
  told: Record<string, { capacity: Record<string, number>; at: number }>;
  /** Hosts that Placement does not know, and when it was asked. */
  absent: Record<string, number>;
};

export type PlacementReader = {
  /** @throws SourceError of Keystone or Placement */
  read(hypervisors: Hypervisor[], previous?: PlacementReading): Promise<PlacementReading>;
};

/** Inventories that no capacity vouches for, and hosts without a provider, are looked at again after so long. */
const AGAIN_MS = 3_600_000;

/** A host that has no room for one MiB of RAM is likely to have some disk or a vCPU left. */
const QUESTIONS = ['MEMORY_MB', 'DISK_GB', 'VCPU'];
/** Fewer hosts than these are asked for one by one. */
const ONE_BY_ONE = 3;

/**
 * Placement has no call that tells the inventories of many providers. What is used, and the capacity, is told by one question
 * for what any host has room for; hosts that are full in every respect are asked singly. What the capacity is made of (total,
 * reserved, ratio) is kept for as long as the capacity stays the same. At first it comes from where an exporter repeats it, if
 * it makes up the very capacity that Placement tells; else from Placement, host by host.
 *
 * @param repeated what an openstack-exporter has; is asked only where something is not known, and never rejects
 */
export function openPlacementReader(
  session: Session,
  repeated: () => Promise<ExporterInventory[]>,
  clock: () => number = Date.now,
): PlacementReader {
  /** The question that most hosts answer goes first. */
  let questions = QUESTIONS;

  /** null where Placement can't be asked so. */
  async function findRoom(hostIds: Set<string>): Promise<Map<string, ProviderRoom> | null> {
    const found = new Map<string, ProviderRoom>();
    const answers: { question: string; hosts: number }[] = [];
    const missing = () => [...hostIds].filter((id) => !found.has(id)).length;
    for (const question of questions) {
      const rooms = await listRoom(session, `${question}:1`);
      if (rooms === null) return null;
      const own = rooms.filter(({ rootId }) => hostIds.has(rootId));
      for (const room of own) found.set(room.id, room);
      answers.push({ question, hosts: own.filter(({ id }) => hostIds.has(id)).length });
      if (missing() < ONE_BY_ONE) break;
    }
    const asked = answers.sort((a, b) => b.hosts - a.hosts).map(({ question }) => question);
    questions = [...asked, ...questions.filter((question) => !asked.includes(question))];
    return found;
  }

  async function read(hypervisors: Hypervisor[], previous?: PlacementReading): Promise<PlacementReading> {
    const hosts = new Map(hypervisors.map(({ id, hypervisorHostname }) => [id, hypervisorHostname]));
    // Before 2.53 Nova's hypervisors have no uuid, so that only names tell which provider is which host.
    const named = hypervisors.some(({ id }) => !id.includes('-'));
    // At first nothing is known: then both can be asked at once.
    const early = previous === undefined ? repeated() : undefined;
    const room = named || hosts.size === 0 ? null : await findRoom(new Set(hosts.keys()));
    if (room === null) return readOneByOne(session, hypervisors, clock());

    const now = clock();
    const before = new Map(previous?.providers.map((provider) => [provider.id, provider]));
    const nameOf = (id: string) => hosts.get(id) ?? before.get(id)?.name ?? id;
    const reading: PlacementReading = { kind: 'placement', providers: [], told: {}, absent: {} };
    const keep = (provider: ProviderUsage, capacity: Record<string, number>, at: number) => {
      reading.providers.push(provider);
      reading.told[provider.id] = { capacity, at };
    };

    const unknown: ProviderRoom[] = [];
    for (const { id, rootId, resources } of room.values()) {
      const capacity = capacityOf(resources);
      const known = before.get(id);
      const told = previous?.told[id];
      const provider = { id, name: nameOf(id), rootId, usages: usagesOf(resources) };
      if (known && told && isSame(told.capacity, capacity)) {
        keep({ ...provider, inventories: known.inventories }, capacity, told.at);
      } else {
        unknown.push({ id, rootId, resources });
      }
    }

    const hints = groupHints(unknown.length === 0 ? [] : await (early ?? repeated()));
    await yieldNow();
    await Promise.all(
      unknown.map(async ({ id, rootId, resources }) => {
        const hinted = inventoriesFrom(hints.get(nameOf(rootId)), id === rootId ? resources : {});
        const inventories = hinted ?? (await readInventories(session, id));
        if (inventories === null) return;
        const provider = { id, name: nameOf(id), rootId, inventories, usages: usagesOf(resources) };
        keep(provider, capacityOf(resources), now);
      }),
    );

    const full = [...hosts.keys()].filter((id) => !room.has(id));
    await Promise.all(
      full.map(async (id) => {
        const asked = previous?.absent[id];
        const since = asked !== undefined && now - asked < AGAIN_MS ? asked : undefined;
        const tree = [...before.values()].filter(({ rootId }) => rootId === id);
        const providers = since === undefined ? await readTree(id, tree, previous, now) : [];
        for (const { provider, at } of providers) keep(provider, {}, at);
        if (providers.length === 0) reading.absent[id] = since ?? now;
      }),
    );
    return reading;
  }

  /** A full host and what is below it. Its inventories have no capacity to vouch for them, so they are read now and then. */
  async function readTree(id: string, known: ProviderUsage[], previous: PlacementReading | undefined, now: number) {
    const tree = known.length > 0 ? known : await listTree(session, id);
    const read = await Promise.all(
      tree.map(async (provider) => {
        const before = known.find((other) => other.id === provider.id);
        const at = previous?.told[provider.id]?.at ?? Number.NEGATIVE_INFINITY;
        const isKnown = before !== undefined && now - at < AGAIN_MS;
        const [inventories, usages] = await Promise.all([
          isKnown ? before.inventories : readInventories(session, provider.id),
          readUsages(session, provider.id),
        ]);
        if (inventories === null || usages === null) return [];
        const { name, rootId } = provider;
        return [{ provider: { id: provider.id, name, rootId, inventories, usages }, at: isKnown ? at : now }];
      }),
    );
    return read.flat();
  }

  return { read };
}

/** For clouds where one question for all can't be asked: two requests for each provider. */
async function readOneByOne(session: Session, hypervisors: Hypervisor[], now: number): Promise<PlacementReading> {
  const ids = new Set(hypervisors.map(({ id }) => id));
  const names = new Set(hypervisors.map(({ hypervisorHostname }) => hypervisorHostname));
  const providers = await listProviderUsages(session, { isHost: ({ id, name }) => ids.has(id) || names.has(name) });
  const told = Object.fromEntries(providers.map(({ id }) => [id, { capacity: {}, at: now }]));
  return { kind: 'placement', providers, told, absent: {} };
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

/** What an exporter repeats of one host, where it has every class and makes up exactly the capacity that Placement tells; else null. */
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
