import type { FindAnswer, Found } from '@/lib/contract/v1/find';
import { formatThings } from '@/lib/format';
import type { Server } from '@/lib/openstack/records';
import { compareNames } from '@/lib/sort';
import { levelOfHost } from '../cluster/overview';
import type { AuditCase } from '../plans/audit-case';
import { firstOf } from './first-of';
import { once, openMatcher } from './matching';
import type { VmFacts } from './vm-list';

/**
 * What the field in the bar finds: a few of each kind, exact names first, then beginnings, then parts of names; kinds go by
 * their best, so that a host comes before the VMs that are only found since they are on it.
 */

const MOST_VMS = 4;
const MOST_OTHERS = 3;

export type FindFacts = VmFacts & {
  /** null if nothing is known about audits. */
  cases: AuditCase[] | null;
};

/** @param search not empty */
export function find(facts: FindFacts, search: string): Pick<FindAnswer, 'groups' | 'searched'> {
  const wanted = search.trim().toLowerCase();
  const { cluster, cases } = facts;
  const ranked = [
    findVms(facts, wanted),
    ...[hostsOf(facts), plansOf(cases ?? []), auditsOf(cases ?? []), projectsOf(facts)].map((all) => pick(all, wanted)),
  ];
  return {
    groups: ranked
      .filter(({ group }) => group.total > 0)
      .sort((a, b) => a.rank - b.rank)
      .map(({ group }) => group),
    searched: {
      vms: cluster.servers.size,
      hosts: cluster.hosts.length,
      plans: (cases ?? []).reduce((sum, { plans }) => sum + plans.length, 0),
    },
  };
}

/** By anything but its name. */
const OTHERWISE = 3;

/** 0 for the name, id or address itself, 1 for the beginning of the name, 2 for a part, 3 for what matches otherwise. */
function rankOf(wanted: string, name: string, ids: string[]): number {
  const text = name.toLowerCase();
  if (text === wanted || ids.includes(wanted)) return 0;
  return text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : OTHERWISE;
}

/** `rank`: of the best that was found. */
type Ranked = { rank: number; group: FindAnswer['groups'][number] };

function findVms(facts: FindFacts, wanted: string): Ranked {
  const { cluster } = facts;
  const matches = openMatcher(wanted, cluster.projects);
  const found = [...cluster.servers.values()].filter(matches);
  const rank = once((server: Server) =>
    rankOf(wanted, server.name, [server.id, ...(server.addresses?.split(' ') ?? [])]),
  );
  const first = firstOf(
    found,
    MOST_VMS,
    (a, b) => rank(a) - rank(b) || compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1),
  );
  const [best] = first;
  return {
    rank: best === undefined ? OTHERWISE : rank(best),
    group: { kind: 'vm', total: found.length, items: first.map((server) => describeVmFound(server, facts)) },
  };
}

/** "on cmp-r01-04, which is hot; project shop; 1 plan would move it; moved 6 times in 7 days" */
function describeVmFound({ id, name, host, status, projectId }: Server, facts: FindFacts): Found {
  const { cluster, limits, planned, moves } = facts;
  const known = host === null ? undefined : cluster.byName.get(cluster.index.resolve(host) ?? host);
  const level = known === undefined ? 'unknown' : levelOfHost(known, limits);
  const plans = planned.get(id)?.length ?? 0;
  const moved = moves.byVm.get(id)?.in_7_days ?? 0;
  const project = cluster.projects.byId.get(projectId)?.name ?? `${projectId.slice(0, 8)}…`;
  const parts = [
    known === undefined
      ? 'on no host'
      : `on ${known.name}${level === 'hot' || level === 'warm' ? `, which is ${level}` : ''}`,
    ...(status === 'ACTIVE' ? [] : [status]),
    `project ${project}`,
    ...(plans === 0 ? [] : [`${formatThings(plans, 'plan')} would move it`]),
    ...(moved === 0 ? [] : [`moved ${formatThings(moved, 'time')} in 7 days`]),
  ];
  return { kind: 'vm', id, audit_id: null, name, text: parts.join('; ') };
}

/** Everything of a kind, described only where it is found. */
type Named = { kind: Found['kind']; all: { id: string; name: string; auditId?: string; text: () => string }[] };

function pick({ kind, all }: Named, wanted: string): Ranked {
  const found = all
    .map((one) => ({ one, rank: rankOf(wanted, one.name, [one.id]) }))
    .filter(({ rank }) => rank < OTHERWISE)
    .sort((a, b) => a.rank - b.rank);
  const items = found
    .slice(0, MOST_OTHERS)
    .map(({ one: { id, name, auditId = null, text } }) => ({ kind, id, audit_id: auditId, name, text: text() }));
  return { rank: found[0]?.rank ?? OTHERWISE, group: { kind, total: found.length, items } };
}

const hostsOf = ({ cluster, limits }: FindFacts): Named => ({
  kind: 'host',
  all: cluster.hosts.map((host) => ({
    id: host.name,
    name: host.name,
    text: () => {
      const level = levelOfHost(host, limits);
      const { state, status } = host.hypervisor;
      const odd = [state === 'down' ? 'down' : null, status === 'disabled' ? 'disabled' : null];
      return [...odd, level === 'unknown' ? 'load unknown' : level, formatThings(host.servers.length, 'VM')]
        .filter(Boolean)
        .join('; ');
    },
  })),
});

/** A plan has the name of its audit; the one that stands for the audit is enough. */
const plansOf = (cases: AuditCase[]): Named => ({
  kind: 'plan',
  all: cases.flatMap(({ audit, shown }) =>
    shown === null
      ? []
      : [
          {
            id: shown.id,
            name: audit.name,
            auditId: audit.id,
            text: () => `${shown.state}, ${shown.strategy ?? audit.goal}`,
          },
        ],
  ),
});

const auditsOf = (cases: AuditCase[]): Named => ({
  kind: 'audit',
  all: cases.map(({ audit }) => ({
    id: audit.id,
    name: audit.name,
    text: () => `${audit.type.toLowerCase()}, ${audit.state}, goal ${audit.goal}`,
  })),
});

/** Projects that have VMs; of the others there is nothing to show. */
function projectsOf({ cluster: { projects, servers } }: FindFacts): Named {
  const counts = new Map<string, number>();
  for (const { projectId } of servers.values()) counts.set(projectId, (counts.get(projectId) ?? 0) + 1);
  return {
    kind: 'project',
    all: [...counts].map(([id, vms]) => {
      const project = projects.byId.get(id);
      const domain = project?.domain == null ? '' : `domain ${project.domain}, `;
      return { id, name: project?.name ?? id, text: () => `${domain}${formatThings(vms, 'VM')}` };
    }),
  };
}
