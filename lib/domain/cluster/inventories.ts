import type { SceneInventory } from '@/lib/contract/v1/scene';
import type { Inventory, ProviderUsage } from '@/lib/openstack/records';
import type { AllocationSource } from '@/lib/readings/allocations';
import { inventoryCapacity } from './capacity';
import type { HostIndex } from './host-index';
import { ofKeptRecords } from './host-records';

/** What one provider has of a resource class. */
export type InventoryPart = Pick<SceneInventory, 'capacity' | 'used' | 'max_unit'> & {
  /** The least for one VM; absent if 1. */
  min_unit?: number;
  /** What the amount for one VM is a multiple of; absent if 1. */
  step_size?: number;
};

type HostInventory = SceneInventory &
  InventoryPart & {
    allocation_ratio: number;
    /** What each provider has, if there are several; the amount for one VM comes from one of them. */
    parts?: InventoryPart[];
  };

/** By resource class, in native units: vCPUs, MiB, GiB. Null if a part of the class can't be read. */
export type HostInventories = Record<string, HostInventory | null>;

/** The inventories and allocations of each host, nested providers included; null if unknown. */
export function inventoriesByHost(
  source: AllocationSource | null,
  index: HostIndex,
): Map<string, HostInventories> | null {
  if (source === null) return null;
  const hosts = new Map<string, HostInventories>();
  for (const { names, resourceClass, inventory, used } of rowsOf(ofKeptRecords(source, index.records))) {
    const host = names.map((name) => index.resolve(name)).find((name) => name !== undefined);
    if (host === undefined) continue;
    const own = hosts.get(host) ?? {};
    const known = own[resourceClass];
    const part = partOf(inventory, used);
    own[resourceClass] = {
      ...part,
      total: inventory.total + (known?.total ?? 0),
      reserved: inventory.reserved + (known?.reserved ?? 0),
      capacity: part.capacity + (known?.capacity ?? 0),
      max_unit: Math.max(inventory.maxUnit, known?.max_unit ?? 0),
      used: used + (known?.used ?? 0),
      allocation_ratio: known?.allocation_ratio ?? inventory.allocationRatio,
      ...(known && { parts: [...(known.parts ?? [known]), part] }),
    };
    hosts.set(host, own);
  }
  for (const { host, resourceClass } of listUnread(source, index)) {
    const own = hosts.get(host) ?? {};
    own[resourceClass] = null;
    hosts.set(host, own);
  }
  return hosts;
}

const partOf = (inventory: Inventory, used: number): InventoryPart => ({
  capacity: inventoryCapacity(inventory),
  used,
  max_unit: inventory.maxUnit,
  ...(inventory.minUnit !== undefined && { min_unit: inventory.minUnit }),
  ...(inventory.stepSize !== undefined && { step_size: inventory.stepSize }),
});

/** Classes of which a provider's part can't be read: the other parts alone would be too little. */
function listUnread(source: AllocationSource, index: HostIndex): { host: string; resourceClass: string }[] {
  if (source.kind === 'openstack-exporter') return [];
  const rootNames = rootNamesOf(source.providers);
  return source.providers.flatMap(({ rootId, name, unread = [] }) => {
    if (unread.length === 0) return [];
    const host = index.resolve(rootId) ?? index.resolve(rootNames.get(rootId) ?? name);
    return host === undefined ? [] : unread.map((resourceClass) => ({ host, resourceClass }));
  });
}

const rootNamesOf = (providers: ProviderUsage[]) => new Map(providers.map(({ id, name }) => [id, name]));

type Row = { names: string[]; resourceClass: string; inventory: Inventory; used: number };

/** Exporters do not report max_unit, so the whole host is the limit. */
function rowsOf(source: AllocationSource): Row[] {
  if (source.kind === 'openstack-exporter') {
    return source.rows.map((row) => ({
      names: [row.hypervisorHostname],
      resourceClass: row.resourceClass,
      inventory: { ...row, maxUnit: row.total },
      used: row.used,
    }));
  }
  const rootNames = rootNamesOf(source.providers);
  return source.providers.flatMap(({ rootId, name, inventories, usages }) =>
    Object.entries(inventories).map(([resourceClass, inventory]) => ({
      names: [rootId, rootNames.get(rootId) ?? name],
      resourceClass,
      inventory,
      used: usages[resourceClass] ?? 0,
    })),
  );
}
