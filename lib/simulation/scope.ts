import { isRecord } from '@/lib/is-record';
import type { Cloud, SimAudit, SimHost, SimServer } from './model';

/** What a strategy sees of the cloud through an audit's scope. */
export type Seen = {
  hosts: SimHost[];
  /** Whether a VM is left out by itself or with its project. */
  stays(server: SimServer): boolean;
};

const namesIn = (list: unknown, field: 'name' | 'uuid'): string[] =>
  (Array.isArray(list) ? list : []).flatMap((item) =>
    isRecord(item) && typeof item[field] === 'string' ? [item[field]] : [],
  );

/** Zones and aggregates add up. null if a host is left out that the model does not have: then the audit fails. */
export function seenBy(audit: Pick<SimAudit, 'scope'>, cloud: Cloud): Seen | null {
  const rules = audit.scope
    .flatMap((part) => (isRecord(part) && Array.isArray(part.compute) ? part.compute : [part]))
    .filter(isRecord);
  const excluded = rules.flatMap(({ exclude }) => (Array.isArray(exclude) ? exclude.filter(isRecord) : []));
  const pick = (from: Record<string, unknown>[], key: string, field: 'name' | 'uuid' = 'name') =>
    from.flatMap((rule) => namesIn(rule[key], field));
  const inAggregate = (host: SimHost, names: string[]) =>
    cloud.aggregates.some(({ name, hosts }) => names.includes(name) && hosts.includes(host));
  const [zones, aggregates] = [pick(rules, 'availability_zones'), pick(rules, 'host_aggregates')];
  const out = pick(excluded, 'compute_nodes');
  if (out.some((name) => !cloud.hosts.some((host) => host.name === name))) return null;
  const limits = zones.length + aggregates.length > 0;
  const outAggregates = pick(excluded, 'host_aggregates');
  const [projects, servers] = [pick(excluded, 'projects', 'uuid'), pick(excluded, 'instances', 'uuid')];
  return {
    hosts: cloud.hosts.filter(
      (host) =>
        (!limits || zones.includes(host.zone) || inAggregate(host, aggregates)) &&
        !out.includes(host.name) &&
        !inAggregate(host, outAggregates),
    ),
    stays: ({ id, projectId }) => projects.includes(projectId) || servers.includes(id),
  };
}
