import type { Scene, SceneAggregate, SceneGroup } from '@/lib/contract/v1/scene';

/** Rules of placing VMs, looked up fast: zones, aggregates and server groups of a scene. */
export type Rules = {
  zoneOf(host: string): string;
  aggregatesOf(host: string): SceneAggregate[];
  groupsOf(ids: string[]): SceneGroup[];
};

export function openRules(scene: Scene): Rules {
  const aggregates = new Map<string, SceneAggregate[]>();
  const zones = new Map<string, string>();
  for (const aggregate of scene.aggregates) {
    for (const host of aggregate.hosts) {
      const own = aggregates.get(host);
      if (own) own.push(aggregate);
      else aggregates.set(host, [aggregate]);
      if (aggregate.zone !== null) zones.set(host, aggregate.zone);
    }
  }
  const groups = new Map(scene.groups.map((group) => [group.id, group]));
  return {
    zoneOf: (host) => zones.get(host) ?? scene.default_zone,
    aggregatesOf: (host) => aggregates.get(host) ?? [],
    groupsOf: (ids) => ids.map((id) => groups.get(id)).filter((group) => group !== undefined),
  };
}

/**
 * Whether a host's aggregates have what a flavor asks for; null where the wish is written in a way that is not read here.
 * https://docs.openstack.org/nova/latest/admin/scheduling.html#aggregateinstanceextraspecsfilter
 */
export function aggregatesHave(aggregates: SceneAggregate[], key: string, wish: string): boolean | null {
  const values = aggregates.flatMap(({ metadata }) => (metadata[key] ?? '').split(',')).map((value) => value.trim());
  const has = (wanted: string) => values.includes(wanted.trim());
  if (wish.startsWith('<or>')) return wish.split('<or>').filter(Boolean).some(has);
  if (wish.startsWith('<in>')) return values.some((value) => value.includes(wish.slice(4).trim()));
  if (/^s?==/.test(wish)) return has(wish.replace(/^s?==/, ''));
  return /^(s?[!<>]|=|<)/.test(wish) ? null : has(wish);
}
