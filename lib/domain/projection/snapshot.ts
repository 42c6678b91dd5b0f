import type { MoveStep, SceneStep, SceneVm } from '@/lib/contract/v1/scene';
import type { Server } from '@/lib/openstack/records';
import type { NodeTarget, ServerUse } from '@/lib/prometheus/records';
import { measuredCpu, measuredRam } from '../cluster/capacity';
import type { Cluster, ClusterHost } from '../cluster/cluster';
import { needsOf } from '../cluster/flavor-needs';
import { mapTargets } from '../cluster/host-index';
import { idsOfSteps, isMove } from '../plans/steps';
import { addToTotals, type Demand, demandOf, type HostTotals, type LoadedHost, noTotals } from './demand';
import { findScales, type Scales, scaleDemand } from './scaling';
import { whyNoMove } from './walk';
import { openStart, type Start, type WorldHost } from './world';

/** A VM with what it uses and needs, without what only checks look at. */
export type ProjectedVm = Omit<
  SceneVm,
  'name' | 'project_id' | 'task_state' | 'zone' | 'pinned_zone' | 'must_not_move' | 'moved' | 'locked' | 'groups'
> & {
  /** null if Nova no longer has it. */
  name: string | null;
};

/** What a plan is applied to: hosts with their load at one time, and where VMs were then. */
export type Snapshot = {
  start: Start;
  /** undefined if nothing is known about the VM. */
  describeVm(id: string): ProjectedVm | undefined;
};

/** Measured use by server id. */
type Use = Record<string, ServerUse>;
type Totals = Map<string, HostTotals>;

/** The hosts of a cluster are the same for all plans that are applied to it, so they are prepared once. */
type Prepared = { start: Start; totals: Totals; scales: WeakMap<Use, Map<string, Scales>> };
const prepared = new WeakMap<Cluster, Prepared>();

function prepare(cluster: Cluster): Prepared {
  const known = prepared.get(cluster);
  if (known) return known;
  const totals: Totals = new Map();
  for (const { name, servers } of cluster.hosts) {
    const own = noTotals();
    for (const server of servers) addToTotals(own, server);
    totals.set(name, own);
  }
  const start = openStart(cluster.hosts.map((host) => describeWorldHost(host, totals)));
  const made = { start, totals, scales: new WeakMap() };
  prepared.set(cluster, made);
  return made;
}

/** The cluster as it is now, for any number of plans. */
export function takeSnapshot(cluster: Cluster, use: Use): Snapshot {
  const { start, totals, scales: known } = prepare(cluster);
  const scales = known.get(use) ?? new Map<string, Scales>();
  known.set(use, scales);
  const describeVm = openVms({
    serverOf: (id) => cluster.servers.get(id),
    use,
    totals,
    loads: cluster.byName,
    hostOf: (id) => hostNow(cluster, id),
    vmsOn: (host) => idsOn(cluster, host),
    scales,
  });
  // An exporter may still report a VM that is gone.
  return { start, describeVm: (id) => (cluster.servers.has(id) ? describeVm(id) : undefined) };
}

/** The hosts of `takeSnapshot` alone. */
export const startOf = (cluster: Cluster): Start => prepare(cluster).start;

/** The load at the time a plan was made, as far as Prometheus still has it. */
export type Past = { targets: NodeTarget[]; use: Use; hostLabels: string[] };

/**
 * The cluster when a plan was made: its load from Prometheus, and today's cluster with what the plan does undone: VMs are on
 * the sources of their first moves, and hosts that it enables or disables have the other status. Allocations are unknown.
 */
export function takePastSnapshot(cluster: Cluster, { targets, use, hostLabels }: Past, steps: SceneStep[]): Snapshot {
  const { hosts: measured } = mapTargets(targets, cluster.index, hostLabels);
  const loads = new Map(
    cluster.hosts.map(({ name }): [string, LoadedHost] => {
      const target = measured.get(name);
      return [name, { cpu: measuredCpu(target), ram: measuredRam(target) }];
    }),
  );
  const origins = originsOf(cluster, steps);
  const serverThen = serversBefore(cluster, steps);
  const totals = takeBack(cluster, origins, serverThen);
  const statuses = statusesBefore(steps);
  const hosts = cluster.hosts.map((host): WorldHost => {
    const { cpu, ram } = loads.get(host.name) ?? host;
    return {
      ...describeWorldHost({ ...host, cpu, ram }, totals),
      state: cpu.used === null ? host.hypervisor.state : 'up',
      status: statuses.get(host.name) ?? host.hypervisor.status,
      inventories: null,
    };
  });
  const hostOf = (id: string) => origins.get(id) ?? hostNow(cluster, id);
  const vmsOn = (host: string) => [
    ...idsOn(cluster, host).filter((id) => !origins.has(id)),
    ...[...origins].flatMap(([id, origin]) => (origin === host ? [id] : [])),
  ];
  const describeVm = openVms({ serverOf: serverThen, use, totals, loads, hostOf, vmsOn, scales: new Map() });
  return { start: openStart(hosts), describeVm };
}

function describeWorldHost(host: ClusterHost, totals: Totals): WorldHost {
  const { name, hypervisor, cpu, ram, inventories } = host;
  const { vms, running } = totals.get(name) ?? noTotals();
  return {
    name,
    state: hypervisor.state,
    status: hypervisor.status,
    cpu_total: cpu.total,
    cpu_used: cpu.used,
    ram_total: ram.total,
    ram_used: ram.used,
    inventories,
    vms,
    running,
  };
}

/** Where Nova has a VM, under the name that the host has in the cluster; null if it is on none, or gone. */
export function hostNow({ servers, index }: Cluster, id: string): string | null {
  const host = servers.get(id)?.host ?? null;
  return host === null ? null : (index.resolve(host) ?? host);
}

/** Where the VMs of a plan were before it, by id: on the sources of their first moves that ran, else where they are now. */
function originsOf(cluster: Cluster, steps: SceneStep[]): Map<string, string | null> {
  const origins = new Map<string, string | null>();
  const moves = steps.filter(isMove);
  const isRun = (step: MoveStep) => whyNoMove(step, 'plan-creation') === null;
  for (const { vm_id: id, source } of [...moves.filter(isRun), ...moves.filter((step) => !isRun(step))]) {
    if (id === null || origins.has(id)) continue;
    origins.set(id, source !== null && cluster.byName.has(source) ? source : hostNow(cluster, id));
  }
  for (const id of idsOfSteps(steps)) if (!origins.has(id)) origins.set(id, hostNow(cluster, id));
  return origins;
}

/** VMs as they were before a plan: those that it stopped were running. */
function serversBefore({ servers }: Cluster, steps: SceneStep[]): Vms['serverOf'] {
  const stopped = new Map<string, Server>();
  for (const step of steps) {
    const server = step.kind === 'shutdown' && step.vm_id !== null ? servers.get(step.vm_id) : undefined;
    if (step.state === 'SUCCEEDED' && server?.status === 'SHUTOFF')
      stopped.set(server.id, { ...server, status: 'ACTIVE' });
  }
  return (id) => stopped.get(id) ?? servers.get(id);
}

/** Totals of hosts with these VMs on other hosts than now. */
function takeBack(cluster: Cluster, origins: Map<string, string | null>, serverThen: Vms['serverOf']): Totals {
  const totals = new Map(prepare(cluster).totals);
  const add = (host: string | null, server: Server, sign: 1 | -1) => {
    const own = host === null ? undefined : totals.get(host);
    if (host === null || !own) return;
    const changed = { ...own };
    addToTotals(changed, server, sign);
    totals.set(host, changed);
  };
  for (const [id, origin] of origins) {
    const server = cluster.servers.get(id);
    const then = serverThen(id);
    const now = hostNow(cluster, id);
    if (!server || !then || (origin === now && then === server)) continue;
    add(now, server, -1);
    add(origin, then, 1);
  }
  return totals;
}

function statusesBefore(steps: SceneStep[]): Map<string, WorldHost['status']> {
  const statuses = new Map<string, WorldHost['status']>();
  for (const step of steps) {
    if (step.kind === 'service' && !statuses.has(step.host)) {
      statuses.set(step.host, step.enable ? 'disabled' : 'enabled');
    }
  }
  return statuses;
}

const idsOn = ({ byName }: Cluster, host: string): string[] => (byName.get(host)?.servers ?? []).map(({ id }) => id);

type Vms = {
  serverOf(id: string): Server | undefined;
  use: Use;
  totals: Totals;
  loads: ReadonlyMap<string, LoadedHost>;
  hostOf(id: string): string | null;
  vmsOn(host: string): string[];
  /** What is known already, by host. */
  scales: Map<string, Scales>;
};

function openVms({ serverOf, use, totals, loads, hostOf, vmsOn, scales }: Vms): Snapshot['describeVm'] {
  const demandOn = (id: string, host: string | null): Demand => {
    const load = host === null ? undefined : loads.get(host);
    const own = host === null ? undefined : totals.get(host);
    return demandOf({ server: serverOf(id), measured: use[id], host: load && own && { load, totals: own } });
  };
  const scalesOf = (host: string, load: LoadedHost): Scales => {
    const known = scales.get(host);
    if (known) return known;
    const found = findScales(
      vmsOn(host).map((id) => demandOn(id, host)),
      load,
    );
    scales.set(host, found);
    return found;
  };
  return (id) => {
    const server = serverOf(id);
    if (!server && (use[id]?.cores ?? null) === null) return undefined;
    const host = hostOf(id);
    const load = host === null ? undefined : loads.get(host);
    const demand = demandOn(id, host);
    const fitting = host !== null && load ? scaleDemand(demand, scalesOf(host, load)) : demand;
    return describe({ id, server, host, demand: fitting });
  };
}

function describe(vm: { id: string; server: Server | undefined; host: string | null; demand: Demand }): ProjectedVm {
  const { id, server, host, demand } = vm;
  return {
    id,
    name: server?.name ?? null,
    status: server?.status ?? 'UNKNOWN',
    host,
    flavor: server?.flavor?.name ?? null,
    vcpus: server?.flavor?.vcpus ?? null,
    ram: server?.flavor?.ramBytes ?? null,
    cores: demand.cores,
    cores_basis: demand.basis,
    cores_estimate: demand.coresEstimate,
    ram_used: demand.ram,
    ram_estimate: demand.ramEstimate,
    ...needsOf(server?.flavor ?? null),
  };
}
