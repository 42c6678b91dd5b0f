import { isRecord } from '@/lib/is-record';
import type { Audit, Server } from '@/lib/openstack/records';

/** VMs that the scope of an audit excludes, and strategies that plan for them all the same. */

/**
 * These look at no VM's exclusion, in any release up to 2026.2; all others honour it. Excluded hosts are left out of the
 * data model, so those are honoured by every strategy.
 */
const IGNORING = new Set(['host_maintenance', 'zone_migration', 'node_resource_consolidation', 'noisy_neighbor']);

export const ignoresExclusions = (strategy: string | null): boolean => strategy !== null && IGNORING.has(strategy);

type Exclusions = {
  servers: Set<string>;
  projects: Set<string>;
  /** By metadata, which is not read: which VMs these are is unknown. */
  byMetadata: boolean;
};

/** https://docs.openstack.org/watcher/latest/user/user-guide.html, scope of an audit template */
function readExclusions({ scope }: Pick<Audit, 'scope'>): Exclusions {
  const found: Exclusions = { servers: new Set(), projects: new Set(), byMetadata: false };
  for (const part of scope) {
    if (!isRecord(part)) continue;
    const rules = [Array.isArray(part.compute) ? part.compute : [], part].flat();
    for (const rule of rules.flatMap((one) => (isRecord(one) && Array.isArray(one.exclude) ? one.exclude : []))) {
      if (!isRecord(rule)) continue;
      for (const id of idsIn(rule.instances)) found.servers.add(id);
      for (const id of idsIn(rule.projects)) found.projects.add(id);
      if (Array.isArray(rule.instance_metadata) && rule.instance_metadata.length > 0) found.byMetadata = true;
    }
  }
  return found;
}

const idsIn = (list: unknown): string[] =>
  (Array.isArray(list) ? list : []).flatMap((item) =>
    isRecord(item) && typeof item.uuid === 'string' ? [item.uuid] : [],
  );

/** Whether the scope excludes VMs at all. */
export function excludesServers(audit: Pick<Audit, 'scope'>): boolean {
  const { servers, projects, byMetadata } = readExclusions(audit);
  return byMetadata || servers.size + projects.size > 0;
}

/** Those of the VMs that the scope excludes by id or project. @param ids ids of VMs */
export function listExcluded(
  audit: Pick<Audit, 'scope'>,
  ids: Iterable<string>,
  servers: ReadonlyMap<string, Pick<Server, 'projectId'>>,
): string[] {
  const excluded = readExclusions(audit);
  return [...ids].filter((id) => excluded.servers.has(id) || excluded.projects.has(servers.get(id)?.projectId ?? ''));
}
