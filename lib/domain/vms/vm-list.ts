import type { VmColumn, VmFilter } from '@/lib/contract/choices';
import type { Vm, Vms } from '@/lib/contract/v1/vms';
import type { Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { ProjectNames } from '@/lib/readings/projects';
import { compareNames, sortBy } from '@/lib/sort';
import type { Cluster, ClusterHost } from '../cluster/cluster';
import type { Limits } from '../cluster/levels';
import { groundsOf, type MustNotMove } from '../cluster/must-not-move';
import { describeServer, levelOfHost } from '../cluster/overview';
import { type MovesKnown, NO_MOVES } from '../cluster/vm-moves';
import { pageIn } from './first-of';
import { once, openMatcher } from './matching';
import type { PlannedMove } from './planned-moves';

/** What a list of VMs is made of, besides its choice. */
export type VmFacts = {
  cluster: Cluster;
  limits: Limits;
  marks: MustNotMove;
  moves: MovesKnown;
  planned: ReadonlyMap<string, PlannedMove[]>;
};

export type VmSelection = {
  search: string;
  show: VmFilter;
  /** Id or name of a project; names that several have match all of these. */
  project: string | undefined;
  sort: VmColumn;
  order: 'asc' | 'desc';
};

/** The VMs that match, and how many each filter would match. */
export function selectVms(facts: VmFacts, selection: VmSelection): { found: Server[]; counts: Vms['counts'] } {
  const { cluster } = facts;
  const matches = openMatcher(selection.search, cluster.projects);
  const isOfProject = openProject(facts, selection.project);
  const found: Server[] = [];
  for (const server of cluster.servers.values()) if (isOfProject(server) && matches(server)) found.push(server);
  const shows = openShows(facts);
  const countOf = (filter: VmFilter) => found.reduce((sum, server) => sum + Number(shows[filter](server)), 0);
  return {
    found: selection.show === 'all' ? found : found.filter(shows[selection.show]),
    counts: {
      all: found.length,
      on_hot_hosts: countOf('on-hot-hosts'),
      in_plan: countOf('in-plan'),
      move_too_often: facts.moves.history.as_of === null ? null : countOf('move-too-often'),
      must_not_move: countOf('must-not-move'),
    },
  };
}

function openProject({ cluster: { projects } }: VmFacts, wanted: string | undefined): (server: Server) => boolean {
  if (wanted === undefined) return () => true;
  return ({ projectId }) => projectId === wanted || projects.byId.get(projectId)?.name === wanted;
}

function openShows({ cluster, limits, marks, moves, planned }: VmFacts): Record<VmFilter, (server: Server) => boolean> {
  const hot = new Set(cluster.hosts.filter((host) => levelOfHost(host, limits) === 'hot').map(({ name }) => name));
  const isHot = once((host: string | null) => host !== null && hot.has(nameOfHost(cluster, host)));
  // Most VMs have nothing that could be a mark.
  const anyMayBe = marks.projects.length + marks.flavors.length > 0;
  const mayBeMarked = ({ tags, metadataKeys }: Server) => anyMayBe || tags !== undefined || metadataKeys !== undefined;
  return {
    all: () => true,
    'on-hot-hosts': ({ host }) => isHot(host),
    'in-plan': ({ id }) => planned.has(id),
    'move-too-often': ({ id }) => moves.byVm.get(id)?.too_often != null,
    'must-not-move': (server) => mayBeMarked(server) && groundsOf(server, marks).length > 0,
  };
}

const nameOfHost = ({ index }: Cluster, host: string): string => index.resolve(host) ?? host;

/** One page in the order of the choice. */
export function pageOfVms(
  found: Server[],
  { cluster: { projects }, moves }: Pick<VmFacts, 'cluster' | 'moves'>,
  { sort, order, offset, limit }: Pick<VmSelection, 'sort' | 'order'> & { offset: number; limit: number },
): Server[] {
  const sign = order === 'desc' ? -1 : 1;
  const columnOf = sort === 'project' ? openPlaces(projects) : sort === 'moves' ? openMoves(moves) : VALUES[sort];
  const compare = (a: Server, b: Server) =>
    (sort === 'name' ? sign * compareNames(a.name, b.name) : compareValues(columnOf(a), columnOf(b), sign)) ||
    compareNames(a.name, b.name) ||
    (a.id < b.id ? -1 : 1);
  return pageIn(found, { offset, limit }, compare);
}

function compareValues(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return a === b ? 0 : sign * compareNames(String(a), String(b));
}

/** The place of each VM's project among all, by name; null if its name is unknown. */
function openPlaces({ byId }: ProjectNames): (server: Server) => number | null {
  const places = new Map(sortBy([...byId.values()], ({ name }) => name).map(({ id }, place) => [id, place]));
  return ({ projectId }) => places.get(projectId) ?? null;
}

/** How often each VM has moved in 7 days; null if nobody knows. */
const openMoves =
  ({ history, byVm }: VmFacts['moves']) =>
  ({ id }: Server): number | null =>
    history.as_of === null ? null : (byVm.get(id)?.in_7_days ?? 0);

const VALUES: Record<Exclude<VmColumn, 'project' | 'moves'>, (server: Server) => string | number | null> = {
  name: ({ name }) => name,
  host: ({ host }) => host,
  flavor: ({ flavor }) => flavor?.name ?? null,
  vcpus: ({ flavor }) => flavor?.vcpus ?? null,
  ram: ({ flavor }) => flavor?.ramBytes ?? null,
  status: ({ status }) => status,
  created: ({ createdAt }) => createdAt,
};

/** A VM as lists have it. */
export function describeVm(server: Server, { cluster, limits, marks, moves, planned }: VmFacts, use?: ServerUse): Vm {
  const host = server.host === null ? null : nameOfHost(cluster, server.host);
  const known: ClusterHost | undefined = host === null ? undefined : cluster.byName.get(host);
  return {
    ...describeServer(server, use, cluster.projects),
    host,
    host_level: known === undefined ? null : levelOfHost(known, limits),
    zone: server.availabilityZone,
    task_state: server.taskState,
    addresses: server.addresses?.split(' ') ?? [],
    locked: server.locked,
    must_not_move: groundsOf(server, marks),
    moves: moves.history.as_of === null ? null : (moves.byVm.get(server.id) ?? NO_MOVES),
    plans: (planned.get(server.id) ?? []).map(describePlan),
    created_at: server.createdAt,
    updated_at: server.updatedAt,
  };
}

const describePlan = (move: PlannedMove): Vm['plans'][number] => ({
  audit_id: move.auditId,
  audit_name: move.auditName,
  plan_id: move.planId,
  plan_state: move.state,
  destination: move.destination,
  live: move.live,
});
