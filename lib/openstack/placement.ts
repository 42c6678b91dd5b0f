import { z } from 'zod';
import { SourceError } from '../errors';
import type { VersionNeed } from './microversions';
import type { Inventory, ProviderUsage } from './records';
import type { Session } from './session';
import { quantity } from './wire';

/** 1.14 tells the root of a nested provider; before, each is its own. */
const VERSION: VersionNeed = { least: [1, 0], most: [1, 39], untold: [1, 14] };

/** https://docs.openstack.org/api-ref/placement/#resource-providers */
const providersSchema = z.object({
  resource_providers: z.array(
    z.object({ uuid: z.string(), name: z.string(), root_provider_uuid: z.string().nullish() }),
  ),
});

/** With the ratio applied it may be more than a quantity. */
const count = () => z.int().min(0);

/** Placement takes more, but what comes of it is a number of nothing. */
const MOST_RATIO = 1_000_000;

const inventoriesSchema = z.object({
  inventories: z.record(
    z.string(),
    z.object({
      total: quantity(),
      reserved: quantity().default(0),
      allocation_ratio: z.number().min(0).max(MOST_RATIO).default(1),
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
 * Inventories and usages of the wanted providers and of all below them. Placement has no call for many at once: two
 * requests for each.
 *
 * @param options.isHost tells whether a root provider is wanted
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

/** What a provider has and what is taken of it. Capacity is (total - reserved) * allocation ratio, cut to an integer. */
export type ProviderRoom = {
  id: string;
  rootId: string;
  resources: Record<string, { capacity: number; used: number }>;
};

/** 1.27 tells all classes of a provider, 1.29 those of nested ones. */
const CANDIDATES: VersionNeed = { least: [1, 29], most: [1, 39] };

/**
 * Room of all providers that can still take what is asked, whole trees, in one request; full ones are missing. null where
 * Placement is too old for this question.
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
      boldly: true,
    });
    return Object.entries(provider_summaries).map(([id, { resources: told, root_provider_uuid }]) => ({
      id,
      rootId: root_provider_uuid ?? id,
      resources: told,
    }));
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'missing' && error.status === undefined) return null;
    throw error;
  }
}

/** Providers of one tree, the root first; none where there is no such provider. @throws SourceError of Keystone or Placement */
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

/** null where there is no such provider. @throws SourceError of Keystone or Placement */
export async function readInventories(session: Session, id: string): Promise<Record<string, Inventory> | null> {
  const answer = await readOf(session, id, 'inventories', inventoriesSchema);
  return answer && toInventories(answer.inventories);
}

/** null where there is no such provider. @throws SourceError of Keystone or Placement */
export async function readUsages(session: Session, id: string): Promise<Record<string, number> | null> {
  return (await readOf(session, id, 'usages', usagesSchema))?.usages ?? null;
}

async function readUsage(session: Session, provider: Provider): Promise<ProviderUsage | null> {
  const [inventories, usages] = await Promise.all([
    readInventories(session, provider.id),
    readUsages(session, provider.id),
  ]);
  return inventories && usages && { ...provider, inventories, usages };
}

/** null where the provider went away between two questions. */
async function readOf<S extends z.ZodType>(
  session: Session,
  id: string,
  what: 'inventories' | 'usages',
  schema: S,
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
