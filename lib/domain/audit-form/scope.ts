import type { AuditScope } from '@/lib/contract/v1/new-audit';
import { isRecord } from '@/lib/is-record';
import type { Problem } from './parameters';

/** Which hosts and VMs a scope covers, by our inventory, and how Watcher wants it. */

export type ScopeHost = {
  name: string;
  /** Whether it is up and enabled: strategies that even out the load leave others aside, with what they use. */
  isOpen: boolean;
  zone: string;
  aggregates: string[];
  servers: { id: string; name: string; projectId: string }[];
};

export type Cover = {
  hosts: ScopeHost[];
  /** VMs on them, and those of these that stay where they are. */
  vms: number;
  staying: number;
  problems: Problem[];
};

const EMPTY: string[] = [];

export const isWhole = (scope: AuditScope | undefined): boolean =>
  Object.values(scope ?? {}).every((names) => names.length === 0);

/** Zones and aggregates add up. A host that is left out takes its VMs along; VMs that are left out keep their load in the sums. */
export function coverOf(all: ScopeHost[], scope: AuditScope = {}): Cover {
  const { zones = EMPTY, aggregates = EMPTY } = scope;
  const looksAt = ({ zone, aggregates: own }: ScopeHost) =>
    zones.length + aggregates.length === 0 || zones.includes(zone) || aggregates.some((name) => own.includes(name));
  const isOut = ({ name, aggregates: own }: ScopeHost) =>
    scope.without_hosts?.includes(name) || scope.without_aggregates?.some((one) => own.includes(one));
  const hosts = all.filter((host) => looksAt(host) && !isOut(host));
  const servers = hosts.flatMap((host) => host.servers);
  const stays = serversLeftOut(servers, scope);
  const problems = checkNames(all, scope);
  if (problems.length === 0 && hosts.length === 0)
    problems.push({ field: 'scope', text: 'It covers no host: the audit would find nothing.' });
  return { hosts, vms: servers.length, staying: stays.length, problems };
}

function serversLeftOut(
  servers: ScopeHost['servers'],
  { without_vms: vms = EMPTY, without_projects: projects = EMPTY }: AuditScope,
) {
  return servers.filter(
    ({ id, name, projectId }) => projects.includes(projectId) || vms.includes(id) || vms.includes(name),
  );
}

/** Watcher fails the audit for a host that it does not know, and audits nothing for an unknown zone or aggregate. */
function checkNames(all: ScopeHost[], scope: AuditScope): Problem[] {
  const known = {
    zones: new Set(all.map(({ zone }) => zone)),
    aggregates: new Set(all.flatMap(({ aggregates }) => aggregates)),
    hosts: new Set(all.map(({ name }) => name)),
    projects: new Set(all.flatMap(({ servers }) => servers.map(({ projectId }) => projectId))),
  };
  const missing = (field: string, what: string, [names, of]: [string[] | undefined, Set<string>]): Problem[] => {
    const unknown = (names ?? EMPTY).filter((name) => !of.has(name));
    return unknown.length === 0
      ? []
      : [{ field: `scope.${field}`, text: `Nova has no ${what} ${unknown.join(', ')}.` }];
  };
  const problems = [
    ...missing('zones', 'zone with hosts called', [scope.zones, known.zones]),
    ...missing('aggregates', 'aggregate with hosts called', [scope.aggregates, known.aggregates]),
    ...missing('without_hosts', 'host called', [scope.without_hosts, known.hosts]),
    ...missing('without_aggregates', 'aggregate with hosts called', [scope.without_aggregates, known.aggregates]),
    ...missing('without_projects', 'VM on a host in project', [scope.without_projects, known.projects]),
    ...(scope.without_vms ?? EMPTY).flatMap((vm) => checkVm(all, vm)),
  ];
  if ((scope.aggregates ?? EMPTY).length > 0 && (scope.without_aggregates ?? EMPTY).length > 0)
    problems.push({
      field: 'scope.without_aggregates',
      text: 'Watcher refuses a scope that names aggregates and leaves out others: leave out hosts instead.',
    });
  return problems;
}

function checkVm(all: ScopeHost[], wanted: string): Problem[] {
  const found = all.flatMap(({ servers }) => servers.filter(({ id, name }) => id === wanted || name === wanted));
  if (found.length === 1) return [];
  const text =
    found.length === 0
      ? `No VM on a host is called ${wanted}.`
      : `${found.length} VMs are called ${wanted}: give the id.`;
  return [{ field: 'scope.without_vms', text }];
}

const named = (names: string[] | undefined) => (names ?? EMPTY).map((name) => ({ name }));
const part = <T>(key: string, items: T[]) => (items.length === 0 ? [] : [{ [key]: items }]);

/** As Watcher's templates take it; empty for the whole region. VMs are named by id there. */
export function scopeDocument(scope: AuditScope | undefined, all: ScopeHost[]): unknown[] {
  if (scope === undefined || isWhole(scope)) return [];
  const idOf = (vm: string) =>
    all.flatMap(({ servers }) => servers).find(({ id, name }) => id === vm || name === vm)?.id ?? vm;
  const exclude = [
    ...part('compute_nodes', named(scope.without_hosts)),
    ...part('host_aggregates', named(scope.without_aggregates)),
    ...part(
      'projects',
      (scope.without_projects ?? EMPTY).map((uuid) => ({ uuid })),
    ),
    ...part(
      'instances',
      (scope.without_vms ?? EMPTY).map((vm) => ({ uuid: idOf(vm) })),
    ),
  ];
  const compute = [
    ...part('availability_zones', named(scope.zones)),
    ...part('host_aggregates', named(scope.aggregates)),
    ...part('exclude', exclude),
  ];
  return [{ compute }];
}

/** The scope of an audit as settings; null if it has something that settings can't say. */
export function readScope(document: unknown[]): AuditScope | null {
  const scope: AuditScope = {};
  let isReadable = true;
  const take = (key: keyof AuditScope, list: unknown, field: 'name' | 'uuid') => {
    for (const item of Array.isArray(list) ? list : []) {
      const value = isRecord(item) ? item[field] : undefined;
      if (typeof value === 'string' && value !== '*') scope[key] = [...(scope[key] ?? []), value];
      else isReadable = false;
    }
  };
  const rules = document.flatMap((one) => (isRecord(one) && Array.isArray(one.compute) ? one.compute : [one]));
  for (const [key, value] of rules.flatMap((rule) => (isRecord(rule) ? Object.entries(rule) : []))) {
    if (key === 'availability_zones') take('zones', value, 'name');
    else if (key === 'host_aggregates') take('aggregates', value, 'name');
    else if (key !== 'exclude') isReadable = false;
    else
      for (const [what, list] of (Array.isArray(value) ? value : []).flatMap((one) =>
        isRecord(one) ? Object.entries(one) : [],
      )) {
        if (what === 'compute_nodes') take('without_hosts', list, 'name');
        else if (what === 'host_aggregates') take('without_aggregates', list, 'name');
        else if (what === 'projects') take('without_projects', list, 'uuid');
        else if (what === 'instances') take('without_vms', list, 'uuid');
        else isReadable = false;
      }
  }
  return isReadable ? scope : null;
}
