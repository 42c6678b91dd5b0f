import { z } from 'zod';
import { SourceError } from '../errors';
import type { VersionNeed } from './microversions';
import type { Inventory, ProviderUsage } from './records';
import type { Session } from './session';
import { quantity } from './wire';

/** 1.14 adds the root of nested providers; before, each provider is its own root. */
const VERSION: VersionNeed = { min: [1, 0], max: [1, 39], fallback: [1, 14] };

/** https://docs.openstack.org/api-ref/placement/#resource-providers */
const providersSchema = z.object({
  resource_providers: z.array(
    z.object({ uuid: z.string(), name: z.string(), root_provider_uuid: z.string().nullish() }),
  ),
});

/** Unlike `quantity`, not limited to 32 bits, which the allocation ratio can exceed. */
const count = () => z.int().min(0);

/** Placement accepts more, but the resulting capacity would be meaningless. */
const MAX_RATIO = 1_000_000;

const inventoriesSchema = z.object({
  inventories: z.record(
    z.string(),
    z.object({
      total: quantity(),
      reserved: quantity().default(0),
      allocation_ratio: z.number().min(0).max(MAX_RATIO).default(1),
      max_unit: quantity().nullish(),
    }),
  ),
});

const usagesSchema = z.object({ usages: z.record(z.string(), count()) });

const candidatesSchema = z.object({
  provider_summaries: z.record(
    z.string(),
    z.object({
      resources: z.record(z.string(), z.object({ capacity: count(), used: count() })),
      root_provider_uuid: z.string().nullish(),
    }),
  ),
});

export type WireInventories = z.input<typeof inventoriesSchema>;
export type WireUsages = z.input<typeof usagesSchema>;

type Provider = { id: string; name: string; rootId: string };

/**
 * Inventories and usages of the hosts' providers and everything nested below them. Placement has no bulk call: this takes
 * two requests per provider.
 *
 * @param options.isHost whether a root provider is one of the hosts
 * @throws SourceError of Keystone or Placement
 */
export async function listProviderUsages(
  session: Session,
  options: { isHost: (provider: Provider) => boolean },
): Promise<ProviderUsage[]> {
  const { resource_providers } = await session.read({
    service: 'placement',
    path: 'resource_providers',
    schema: providersSchema,
    version: VERSION,
  });
  const providers = resource_providers.map(
    ({ uuid, name, root_provider_uuid }): Provider => ({ id: uuid, name, rootId: root_provider_uuid ?? uuid }),
  );
  const roots = new Set(
    providers.filter((provider) => provider.id === provider.rootId && options.isHost(provider)).map(({ id }) => id),
  );
  const wanted = providers.filter(({ rootId }) => roots.has(rootId));
  const usages = await Promise.all(wanted.map((provider) => readUsage(session, provider)));
  return usages.filter((usage) => usage !== null);
}

/** A provider's capacity and usage. Capacity is (total - reserved) * allocation ratio, rounded down. */
export type ProviderRoom = {
  id: string;
  rootId: string;
  resources: Record<string, { capacity: number; used: number }>;
};

/** 1.27 includes all resource classes of a provider, 1.29 those of nested ones. */
const CANDIDATES: VersionNeed = { min: [1, 29], max: [1, 39], optimistic: true };

/**
 * Capacity and usage of all provider trees that can still fit the resources, in one request; full ones are missing. null if
 * Placement is too old for this request.
 *
 * @param resources such as MEMORY_MB:1
 * @throws SourceError of Keystone or Placement
 */
export async function listRoom(session: Session, resources: string): Promise<ProviderRoom[] | null> {
  try {
    const { provider_summaries } = await session.read({
      service: 'placement',
      path: 'allocation_candidates',
      query: { resources },
      schema: candidatesSchema,
      version: CANDIDATES,
    });
    return Object.entries(provider_summaries).map(([id, { resources: room, root_provider_uuid }]) => ({
      id,
      rootId: root_provider_uuid ?? id,
      resources: room,
    }));
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'missing' && error.status === undefined) return null;
    throw error;
  }
}

/** Providers of one tree, root first; empty if there is no such provider. @throws SourceError of Keystone or Placement */
export async function listTree(session: Session, rootId: string): Promise<Provider[]> {
  const { resource_providers } = await session.read({
    service: 'placement',
    path: 'resource_providers',
    query: { in_tree: rootId },
    schema: providersSchema,
    version: VERSION,
  });
  return resource_providers.map(({ uuid, name }) => ({ id: uuid, name, rootId }));
}

/** null if there is no such provider. @throws SourceError of Keystone or Placement */
export async function readInventories(session: Session, id: string): Promise<Record<string, Inventory> | null> {
  const found = await readPart(session, id, { what: 'inventories', schema: inventoriesSchema });
  return found && toInventories(found.inventories);
}

/** null if there is no such provider. @throws SourceError of Keystone or Placement */
export async function readUsages(session: Session, id: string): Promise<Record<string, number> | null> {
  return (await readPart(session, id, { what: 'usages', schema: usagesSchema }))?.usages ?? null;
}

async function readUsage(session: Session, provider: Provider): Promise<ProviderUsage | null> {
  const [inventories, usages] = await Promise.all([
    readInventories(session, provider.id),
    readUsages(session, provider.id),
  ]);
  return inventories && usages && { ...provider, inventories, usages };
}

/** null if the provider has been deleted in the meantime. */
async function readPart<S extends z.ZodType>(
  session: Session,
  id: string,
  { what, schema }: { what: 'inventories' | 'usages'; schema: S },
): Promise<z.output<S> | null> {
  const path = `resource_providers/${encodeURIComponent(id)}/${what}`;
  try {
    return await session.read({ service: 'placement', path, what, schema, version: VERSION });
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}

const toInventories = (wire: z.output<typeof inventoriesSchema>['inventories']): Record<string, Inventory> =>
  Object.fromEntries(
    Object.entries(wire).map(([resourceClass, { total, reserved, allocation_ratio, max_unit }]) => [
      resourceClass,
      { total, reserved, allocationRatio: allocation_ratio, maxUnit: max_unit ?? total },
    ]),
  );
