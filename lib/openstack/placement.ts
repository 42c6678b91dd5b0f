import { z } from 'zod';
import { SourceError } from '../errors';
import type { VersionNeed } from './microversions';
import type { ProviderUsage } from './records';
import type { Session } from './session';

/** 1.14 tells the root of a nested provider; before, each is its own. */
const VERSION: VersionNeed = { least: [1, 0], most: [1, 39], untold: [1, 14] };

/** https://docs.openstack.org/api-ref/placement/#resource-providers */
const providersSchema = z.object({
  resource_providers: z.array(
    z.object({ uuid: z.string(), name: z.string(), root_provider_uuid: z.string().nullish() }),
  ),
});

const inventoriesSchema = z.object({
  inventories: z.record(
    z.string(),
    z.object({
      total: z.number(),
      reserved: z.number().default(0),
      allocation_ratio: z.number().default(1),
      max_unit: z.number().nullish(),
    }),
  ),
});

const usagesSchema = z.object({ usages: z.record(z.string(), z.number()) });

export type WireProvider = z.input<typeof providersSchema>['resource_providers'][number];
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

/** null where the provider went away between two questions. */
async function readUsage(session: Session, provider: Provider): Promise<ProviderUsage | null> {
  const path = `resource_providers/${encodeURIComponent(provider.id)}`;
  const read = <S extends z.ZodType>(what: 'inventories' | 'usages', schema: S) =>
    session.read({ service: 'placement', path: `${path}/${what}`, what, schema, version: VERSION });
  try {
    const [{ inventories }, { usages }] = await Promise.all([
      read('inventories', inventoriesSchema),
      read('usages', usagesSchema),
    ]);
    return {
      ...provider,
      inventories: Object.fromEntries(
        Object.entries(inventories).map(([resourceClass, wire]) => [
          resourceClass,
          {
            total: wire.total,
            reserved: wire.reserved,
            allocationRatio: wire.allocation_ratio,
            maxUnit: wire.max_unit ?? wire.total,
          },
        ]),
      ),
      usages,
    };
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}
