import type { Scene, SceneAggregate, SceneGroup } from '@/lib/contract/v1/scene';

/** Indexed rules for placing VMs: the zones, aggregates and server groups of a scene. */
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
 * Whether a host's aggregates have what a flavor requires; null if the requirement uses an operator that is not supported here.
 * https://docs.openstack.org/nova/latest/admin/scheduling.html#aggregateinstanceextraspecsfilter
 */
export function aggregatesHave(
  aggregates: Pick<SceneAggregate, 'metadata'>[],
  key: string,
  wanted: string,
): boolean | null {
  const values = aggregates.flatMap(({ metadata }) => (metadata[key] ?? '').split(',')).map((value) => value.trim());
  const has = (value: string) => values.includes(value.trim());
  if (wanted.startsWith('<or>')) return wanted.split('<or>').filter(Boolean).some(has);
  if (wanted.startsWith('<in>')) return values.some((value) => value.includes(wanted.slice(4).trim()));
  if (/^s?==/.test(wanted)) return has(wanted.replace(/^s?==/, ''));
  return /^(s?[!<>]|=|<)/.test(wanted) ? null : has(wanted);
}
