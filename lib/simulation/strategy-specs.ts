import { isRecord } from '@/lib/is-record';
import type { Release } from './releases';
import recorded from './strategy-specs.json';

/** Schemas of the strategies' parameters, as they were recorded on a Watcher of 2026.2, and what older ones lack. */

type Spec = Record<string, unknown>;

const SPECS: Record<string, Spec> = recorded;

/** Moves of storage that older releases want completely. */
const OLD_REQUIRED = ['src_pool', 'src_type', 'dst_type'];

export function specOf(strategy: string, { watcherMinor }: Pick<Release, 'watcherMinor'>): Spec {
  const spec = SPECS[strategy] ?? { properties: {} };
  if (watcherMinor >= 5 || !isRecord(spec.properties)) return spec;
  if (strategy === 'host_maintenance') {
    const { disable_live_migration: _, disable_cold_migration: __, ...properties } = spec.properties;
    return { ...spec, properties };
  }
  const pools = spec.properties.storage_pools;
  if (strategy !== 'zone_migration' || !isRecord(pools) || !isRecord(pools.items)) return spec;
  const { oneOf: _, ...items } = pools.items;
  const storage = { ...pools, items: { ...items, required: OLD_REQUIRED } };
  return { ...spec, properties: { ...spec.properties, storage_pools: storage } };
}

/** Parameters with defaults for what is absent. Of objects that are given in part, the rest stays absent, as in Watcher. */
export function withDefaults(spec: Spec, given: Record<string, unknown>): Record<string, unknown> {
  const properties = isRecord(spec.properties) ? spec.properties : {};
  const defaults = Object.entries(properties).flatMap(([name, one]) =>
    isRecord(one) && one.default !== undefined && given[name] === undefined ? [[name, one.default] as const] : [],
  );
  return { ...given, ...Object.fromEntries(defaults) };
}
