import { z } from 'zod';
import { SourceError } from '../errors';
import { entriesOf, orNull, rowsOf } from '../lenient';
import type { Loss } from '../shape';
import type { VersionNeed } from './microversions';
import type { Inventory, ProviderUsage } from './records';
import type { Session } from './session';
import { optionalText, quantity } from './wire';

/** 1.14 adds the root of nested providers; before, each provider is its own root. */
const VERSION: VersionNeed = { min: [1, 0], max: [1, 39], fallback: [1, 14] };

/** https://docs.openstack.org/api-ref/placement/#resource-providers */
const providersSchema = z.object({
  resource_providers: rowsOf(z.object({ uuid: z.string(), name: optionalText(), root_provider_uuid: optionalText() })),
});

/** Unlike `quantity`, not limited to 32 bits, which the allocation ratio can exceed. */
const count = () => z.int().min(0);

/** Placement accepts more, for classes that nobody wants to count; the resulting capacity would be meaningless. */
const MAX_RATIO = 1_000_000;

const inventoriesSchema = z.object({
  inventories: entriesOf(
    z.object({
      total: quantity(),
      reserved: quantity().default(0),
      allocation_ratio: z.number().min(0).max(MAX_RATIO).default(1),
      max_unit: orNull(quantity()),
      min_unit: orNull(quantity()),
      step_size: orNull(quantity()),
    }),
  ),
});

const usagesSchema = z.object({ usages: entriesOf(count()) });

const candidatesSchema = z.object({
  provider_summaries: entriesOf(
    z.object({
      resources: entriesOf(z.object({ capacity: z.int().transform((left) => Math.max(0, left)), used: count() })),
      root_provider_uuid: optionalText(),
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
    ({ uuid, name, root_provider_uuid }): Provider => ({
      id: uuid,
      name: name ?? uuid,
      rootId: root_provider_uuid ?? uuid,
    }),
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
  /** Resource classes that can't be read. */
  unread: string[];
};

/** 1.27 includes all resource classes of a provider, 1.29 those of nested ones. */
const CANDIDATES: VersionNeed = { min: [1, 29], max: [1, 39], optimistic: true };

/**
 * Capacity and usage of all provider trees that can still fit the resources, in one request; full ones are missing. null if
 * Placement is too old for this request or its response is too large.
 *
 * @param resources such as MEMORY_MB:1
 * @throws SourceError of Keystone or Placement
 */
export async function listRoom(session: Session, resources: string): Promise<ProviderRoom[] | null> {
  const unread = new Map<string, string[]>();
  try {
    const { provider_summaries } = await session.read({
      service: 'placement',
      path: 'allocation_candidates',
      query: { resources },
      schema: candidatesSchema,
      version: CANDIDATES,
      onLoss({ id, row, lost }) {
        if (lost === 'row' && id !== null) unread.set(id, [...(unread.get(id) ?? []), row]);
      },
    });
    return Object.entries(provider_summaries).map(([id, { resources: room, root_provider_uuid }]) => ({
      id,
      rootId: root_provider_uuid ?? id,
      resources: room,
      unread: unread.get(id) ?? [],
    }));
  } catch (error) {
    if (error instanceof SourceError && isUnusable(error)) return null;
    throw error;
  }
}

/** Too old for the request, or too large a cloud for one response. */
const isUnusable = ({ kind, status }: SourceError): boolean =>
  kind === 'too-large' || (kind === 'missing' && status === undefined);

/** Providers of one tree, root first; empty if there is no such provider. @throws SourceError of Keystone or Placement */
export async function listTree(session: Session, rootId: string): Promise<Provider[]> {
  const { resource_providers } = await session.read({
    service: 'placement',
    path: 'resource_providers',
    query: { in_tree: rootId },
    schema: providersSchema,
    version: VERSION,
  });
  return resource_providers.map(({ uuid, name }) => ({ id: uuid, name: name ?? uuid, rootId }));
}

/** Values by resource class, and the classes whose value can't be read. */
export type ByClass<T> = { known: Record<string, T>; unread: string[] };

/** null if there is no such provider. @throws SourceError of Keystone or Placement */
export async function readInventories(session: Session, id: string): Promise<ByClass<Inventory> | null> {
  const found = await readPart(session, id, { what: 'inventories', schema: inventoriesSchema });
  return found && { known: toInventories(found.part.inventories), unread: found.unread };
}

/** null if there is no such provider. @throws SourceError of Keystone or Placement */
export async function readUsages(session: Session, id: string): Promise<ByClass<number> | null> {
  const found = await readPart(session, id, { what: 'usages', schema: usagesSchema });
  return found && { known: found.part.usages, unread: found.unread };
}

async function readUsage(session: Session, provider: Provider): Promise<ProviderUsage | null> {
  const [inventories, usages] = await Promise.all([
    readInventories(session, provider.id),
    readUsages(session, provider.id),
  ]);
  if (inventories === null || usages === null) return null;
  const unread = [...new Set([...inventories.unread, ...usages.unread])];
  return { ...provider, inventories: inventories.known, usages: usages.known, unread };
}

/** null if the provider has been deleted in the meantime. */
async function readPart<S extends z.ZodType>(
  session: Session,
  id: string,
  { what, schema }: { what: 'inventories' | 'usages'; schema: S },
): Promise<{ part: z.output<S>; unread: string[] } | null> {
  const path = `resource_providers/${encodeURIComponent(id)}/${what}`;
  const unread: string[] = [];
  const onLoss = ({ lost, row }: Loss) => {
    if (lost === 'row') unread.push(row);
  };
  try {
    const part = await session.read({ service: 'placement', path, what, about: id, schema, version: VERSION, onLoss });
    return { part, unread };
  } catch (error) {
    if (error instanceof SourceError && error.status === 404) return null;
    throw error;
  }
}

const toInventories = (wire: z.output<typeof inventoriesSchema>['inventories']): Record<string, Inventory> =>
  Object.fromEntries(
    Object.entries(wire).map(([resourceClass, { total, reserved, allocation_ratio, ...units }]) => [
      resourceClass,
      {
        total,
        reserved,
        allocationRatio: allocation_ratio,
        maxUnit: units.max_unit ?? total,
        ...((units.min_unit ?? 1) > 1 && { minUnit: units.min_unit ?? 1 }),
        ...((units.step_size ?? 1) > 1 && { stepSize: units.step_size ?? 1 }),
      },
    ]),
  );
