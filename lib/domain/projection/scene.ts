import type { Scene, SceneHost, SceneVm } from '@/lib/contract/v1/scene';
import type { Action, Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { Part, PlacingRules } from '@/lib/readings/placing-rules';
import type { ProjectNames } from '@/lib/readings/projects';
import type { Cluster, ClusterHost } from '../cluster/cluster';
import { EXCLUDED_GROUND, groundsOf, type MustNotMove } from '../cluster/must-not-move';
import type { MovesKnown } from '../cluster/vm-moves';
import { DEFAULT_ZONE } from '../cluster/zones';
import type { Release } from '../plans/release';
import { type ByAction, idsOfSteps, listSteps } from '../plans/steps';
import { hostNow, startOf, takeSnapshot } from './snapshot';

export type SceneParts = {
  cluster: Cluster;
  rules: Part<PlacingRules>;
  /** Highest CPU of the last 24 hours, in percent by host. */
  peaks: Part<Map<string, number>>;
  /** Why allocations are unknown; null if they are known. */
  noAllocations: string | null;
  actions: Action[];
  /** What became of the actions in Nova. */
  happened: ByAction;
  use: Record<string, ServerUse>;
  /** Hosts that other waiting plans would drain, and those plans. */
  draining: Map<string, string>;
  limits: Scene['limits'];
  release: Release;
  /** Which VMs must not move; none if absent. */
  mustNotMove?: MustNotMove;
  /** How often VMs have moved; unknown if absent. */
  moves?: MovesKnown;
  /** Hosts whose VMs are needed however many VMs there are. */
  drained?: string[];
  /** Leaves out VMs that stay where they are: enough for the verdict on the plan as it is. */
  onlyMoved?: boolean;
  /** VMs that the audit's scope excludes although its strategy ignores that, by id. */
  excluded: string[];
  /** Whether hosts are closed since they are emptied, and not because somebody asked for it. */
  wholeHosts?: boolean;
};

/** Up to this many VMs, a scene has all of them; beyond, those that move, and others on request. */
const MOST_VMS = 2_000;

const NO_HISTORY: Scene['history'] = { as_of: null, since: null, reason: 'Nova’s record of moves was not read.' };

/** Everything that the review of a plan is computed from. */
export function setScene(parts: SceneParts): Scene {
  const { cluster, actions, rules, limits, release, drained = [], onlyMoved = false } = parts;
  const steps = listSteps(actions, cluster.index, parts.happened);
  const moved = idsOfSteps(steps);
  const whole = !onlyMoved && cluster.servers.size <= MOST_VMS;
  const complete = whole ? cluster.hosts : cluster.hosts.filter(({ name }) => drained.includes(name));
  const included = new Set([...moved, ...complete.flatMap(({ servers }) => servers.map(({ id }) => id))]);
  const servers = whole
    ? [...cluster.servers.values()].filter(({ id, host }) => host !== null || included.has(id))
    : [...included].flatMap((id) => cluster.servers.get(id) ?? []);
  const vms = servers.flatMap(openVms(parts));
  return {
    hosts: describeHosts(parts),
    vms,
    projects: listProjects(cluster.projects, vms),
    vms_of: complete.map(({ name }) => name),
    groups: listGroups(parts, whole ? null : included),
    aggregates: (rules.value?.aggregates.value ?? []).map(({ name, zone, hosts, metadata }) => ({
      name,
      zone,
      metadata,
      hosts: hosts.map((host) => cluster.index.resolve(host) ?? host),
    })),
    default_zone: DEFAULT_ZONE,
    steps,
    history: parts.moves?.history ?? NO_HISTORY,
    unchecked: listUnchecked(parts),
    ...(parts.wholeHosts && { whole_hosts: true }),
    excluded: parts.excluded,
    checks_moves: release.checksMoves,
    limits,
  };
}

/** The VMs of one host and their server groups in the same form, if a scene left them out. */
export function describeHostVms(parts: SceneParts, host: ClusterHost): Pick<Scene, 'vms' | 'projects' | 'groups'> {
  const ids = new Set(host.servers.map(({ id }) => id));
  const vms = host.servers.flatMap(openVms(parts));
  return { vms, projects: listProjects(parts.cluster.projects, vms), groups: listGroups(parts, ids) };
}

function describeHosts(parts: SceneParts): SceneHost[] {
  const { cluster, peaks, draining } = parts;
  const { traits } = indexRules(parts);
  return Array.from(startOf(cluster), ([name, { host }]) => ({
    ...host,
    disabled_reason: cluster.byName.get(name)?.hypervisor.disabledReason ?? null,
    draining: draining.get(name) ?? null,
    cpu_peak: peaks.value?.get(name) ?? null,
    traits: traits.get(name) ?? [],
  }));
}

function traitsByHost({ value }: PlacingRules['traits'], { index }: Cluster): Map<string, string[]> {
  const traits = new Map<string, string[]>();
  for (const [trait, ids] of Object.entries(value ?? {})) {
    for (const id of ids) {
      const host = index.resolve(id);
      if (host === undefined) continue;
      const own = traits.get(host) ?? [];
      own.push(trait);
      traits.set(host, own);
    }
  }
  return traits;
}

type Group = NonNullable<PlacingRules['groups']['value']>[number];

function groupsByVm({ value }: PlacingRules['groups']): Map<string, Group[]> {
  const groups = new Map<string, Group[]>();
  for (const group of value ?? []) {
    for (const member of group.members) {
      const own = groups.get(member) ?? [];
      own.push(group);
      groups.set(member, own);
    }
  }
  return groups;
}

/** Where the rules apply in a cluster: the same for all plans. */
type Indexed = { cluster: Cluster; traits: ReadonlyMap<string, string[]>; groups: ReadonlyMap<string, Group[]> };
const indexed = new WeakMap<PlacingRules, Indexed>();
const NO_RULES: Omit<Indexed, 'cluster'> = { traits: new Map(), groups: new Map() };

function indexRules({ rules: { value: rules }, cluster }: SceneParts): Omit<Indexed, 'cluster'> {
  if (!rules) return NO_RULES;
  const known = indexed.get(rules);
  if (known?.cluster === cluster) return known;
  const made = { cluster, traits: traitsByHost(rules.traits, cluster), groups: groupsByVm(rules.groups) };
  indexed.set(rules, made);
  return made;
}

/** Describes VMs as the review needs them: what the projection knows of each, and what only checks look at. */
function openVms(parts: SceneParts): (server: Server) => SceneVm[] {
  const { cluster, use, mustNotMove, moves, excluded } = parts;
  const { groups } = indexRules(parts);
  const outside = new Set(excluded);
  const { describeVm } = takeSnapshot(cluster, use);
  return (server) => {
    const { id, name, projectId, taskState, availabilityZone, pinnedZone, locked } = server;
    const vm = describeVm(id);
    if (!vm) return [];
    const moved = moves?.byVm.get(id);
    const grounds = [
      ...(mustNotMove ? groundsOf(server, mustNotMove) : []),
      ...(outside.has(id) ? [EXCLUDED_GROUND] : []),
    ];
    return [
      {
        ...vm,
        name,
        project_id: projectId,
        task_state: taskState,
        zone: availabilityZone,
        ...(pinnedZone === undefined ? {} : { pinned_zone: pinnedZone }),
        ...(grounds.length === 0 ? {} : { must_not_move: grounds }),
        ...(moved === undefined ? {} : { moved }),
        locked,
        groups: (groups.get(id) ?? []).map((group) => group.id),
      },
    ];
  };
}

function listProjects({ byId, reason }: ProjectNames, vms: SceneVm[]): Scene['projects'] {
  const ids = new Set(vms.map(({ project_id: id }) => id));
  return { names: [...ids].flatMap((id) => byId.get(id) ?? []), reason };
}

/** @param wanted only groups with one of these VMs; null for all */
function listGroups(parts: SceneParts, wanted: Set<string> | null): Scene['groups'] {
  const { rules, cluster } = parts;
  const { groups } = indexRules(parts);
  const some = wanted && new Set([...wanted].flatMap((id) => groups.get(id) ?? []));
  return (rules.value?.groups.value ?? [])
    .filter((group) => some === null || some.has(group))
    .map(({ id, name, policy, maxPerHost, members }) => ({
      id,
      name,
      policy,
      max_per_host: maxPerHost,
      members: members.map((member) => ({ id: member, host: hostNow(cluster, member) })),
    }));
}

function listUnchecked({ rules, peaks, noAllocations, moves }: SceneParts): Scene['unchecked'] {
  const parts: [Scene['unchecked'][number]['check'], string | null][] = [
    ['fit', noAllocations],
    ['zone', rules.value ? rules.value.aggregates.reason : rules.reason],
    ['aggregate', rules.value ? rules.value.aggregates.reason : rules.reason],
    ['traits', rules.value ? rules.value.traits.reason : rules.reason],
    ['group', rules.value ? rules.value.groups.reason : rules.reason],
    ['peak', peaks.reason],
    ['history', moves?.history.reason ?? null],
  ];
  return parts.flatMap(([check, reason]) => (reason === null ? [] : [{ check, reason }]));
}
