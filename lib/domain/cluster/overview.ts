import type { Host, HostAfter, HostServer, LoadLevel } from '@/lib/contract/v1/hosts';
import type { FlavorCount, Overview } from '@/lib/contract/v1/overview';
import type { Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { ProjectNames } from '@/lib/readings/projects';
import {
  type Allocation,
  over,
  type PhysicalCapacity,
  percent,
  sumPhysical,
  sumVirtual,
  type VirtualCapacity,
} from './capacity';
import { type Cluster, type ClusterHost, cpuPercent, ramPercent } from './cluster';
import { isInService } from './host-records';
import { hostLevel, type Limits } from './levels';
import { noneMeasured } from './missing-reason';
import { describeProject } from './projects';
import type { ServerGroups } from './server-groups';

export const levelOfHost = (host: ClusterHost, limits: Limits): LoadLevel =>
  hostLevel({ cpu: cpuPercent(host), ram: ramPercent(host) }, limits);

export function summarizeRegion(name: string, { hosts }: Cluster, limits: Limits): Overview['region'] {
  const levels = hosts.map((host) => levelOfHost(host, limits));
  return {
    name,
    hosts_total: hosts.length,
    hosts_up: hosts.filter(({ hypervisor }) => hypervisor.state === 'up').length,
    hosts_enabled: hosts.filter(({ hypervisor }) => hypervisor.status === 'enabled').length,
    hosts_measured: hosts.filter((host) => cpuPercent(host) !== null).length,
    hosts_warm: levels.filter((level) => level === 'warm').length,
    hosts_hot: levels.filter((level) => level === 'hot').length,
  };
}

/**
 * Physical CPU or RAM in use over all measured hosts. If none is measured, the total is that of Placement's inventories
 * (VCPU + PCPU, MEMORY_MB), and the use is unknown.
 */
export function summarizePhysical(
  { hosts }: Cluster,
  resource: 'cpu' | 'ram',
  { measuredBy, failure }: { measuredBy: 'node-exporter' | 'recording-rules' | null; failure: string | null },
): Overview['pcpu'] {
  const sum: PhysicalCapacity = sumPhysical(hosts.map((host) => host[resource]));
  if (sum.total !== null) {
    return {
      total: sum.total,
      usage: sum.used,
      free: sum.free,
      used_percentage: sum.usedPercentage,
      source: measuredBy,
      hosts_measured: sum.hostsMeasured,
      reason: null,
    };
  }
  const offered = hosts.map((host) => (resource === 'cpu' ? host.vcpu : host.vram)).filter((known) => known !== null);
  const total = offered.length === 0 ? null : offered.reduce((all, { total }) => all + total, 0);
  return {
    total,
    usage: null,
    free: null,
    used_percentage: null,
    source: total === null ? null : 'placement',
    hosts_measured: 0,
    reason: failure ?? noneMeasured(hosts),
  };
}

/** Virtual CPU or RAM as Placement counts it, over all hosts that it has. */
export function summarizeVirtual(
  { hosts }: Cluster,
  resource: 'vcpu' | 'vram',
  { source, failure }: { source: 'placement' | 'openstack-exporter' | null; failure: string | null },
): Overview['vcpu'] {
  const known = hosts.flatMap((host) => {
    const allocation: Allocation | null = host[resource];
    const open = isInService(host.hypervisor);
    return allocation === null ? [] : [{ allocation, open }];
  });
  if (source === null || (known.length === 0 && hosts.length > 0)) {
    return {
      total: null,
      allocated: null,
      free: null,
      allocated_percentage: null,
      overcommit_ratio: null,
      overcommit_max: null,
      schedulable_free: null,
      physical_base: null,
      source: null,
      reason: failure ?? 'Placement has none of the compute hosts.',
    };
  }
  const sum = sumVirtual(known);
  return {
    total: sum.total,
    allocated: sum.allocated,
    free: sum.free,
    allocated_percentage: sum.allocatedPercentage,
    overcommit_ratio: sum.overcommitRatio,
    overcommit_max: sum.overcommitMax,
    schedulable_free: sum.schedulableFree,
    physical_base: sum.base,
    source,
    reason: gapReason(known.length, hosts.length, failure) ?? emptyReason(sum),
  };
}

const gapReason = (known: number, all: number, failure: string | null): string | null =>
  known < all ? (failure ?? `Placement’s figures for ${all - known} of ${all} hosts are unknown.`) : null;

const emptyReason = ({ total, allocated }: VirtualCapacity): string | null =>
  total === 0 && allocated > 0
    ? 'Nothing can be allocated on any host, because everything is reserved or the ratio is 0. What is allocated has no share.'
    : null;

/**
 * VMs of all projects. The means are sizes, not loads: what Placement has allocated per VM that is on a host.
 *
 * @param allocated vCPUs and bytes, null if unknown
 */
export function summarizeServers(
  { byId, byStatus, placed }: ServerGroups,
  hostsTotal: number,
  allocated: { vcpus: number | null; ramBytes: number | null },
): Overview['vm'] {
  return {
    count: byId.size,
    active: byStatus.ACTIVE ?? 0,
    stopped: byStatus.SHUTOFF ?? 0,
    placed,
    by_status: byStatus,
    avg_cpu: allocated.vcpus === null ? null : over(allocated.vcpus, placed),
    avg_ram: allocated.ramBytes === null ? null : over(allocated.ramBytes, placed),
    density: over(placed, hostsTotal) ?? 0,
  };
}

/** VMs while not all of them were read: a part must not look like all. */
export const UNCOUNTED_SERVERS: Overview['vm'] = {
  count: null,
  active: null,
  stopped: null,
  placed: null,
  by_status: null,
  avg_cpu: null,
  avg_ram: null,
  density: null,
};

/** Flavors by number of VMs, most used first, then by name. The name is the one that Nova keeps in the VM. */
export function countFlavors({ byFlavor }: ServerGroups): FlavorCount[] {
  return [...byFlavor]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** One row of the host table, but for what needs the plans and the aggregates. */
export function describeHost(
  host: ClusterHost,
  limits: Limits,
  after: HostAfter | null = null,
): Omit<Host, 'out' | 'zone' | 'aggregates'> {
  const { hypervisor, cpu, ram } = host;
  return {
    name: host.name,
    hypervisor_hostname: hypervisor.hypervisorHostname,
    hypervisor_type: hypervisor.type,
    state: hypervisor.state,
    status: hypervisor.status,
    disabled_reason: hypervisor.disabledReason,
    level: levelOfHost(host, limits),
    cpu: { total: cpu.total, used: cpu.used, used_percentage: cpuPercent(host) },
    ram: { total: ram.total, used: ram.used, used_percentage: ramPercent(host) },
    reason: host.reason,
    vcpu: describeAllocation(host.vcpu, host.ratios.vcpu),
    vram: describeAllocation(host.vram, host.ratios.vram),
    vms: host.servers.length,
    after,
  };
}

/** Without what Nova and the settings say about its moves. */
type ServerUsed = Omit<HostServer, 'must_not_move' | 'moves'>;

/** A VM with its use, if an exporter reports it, in percent of its vCPUs and of its flavor's RAM. */
export function describeServer(server: Server, use: ServerUse | undefined, projects: ProjectNames): ServerUsed {
  const { id, name, status, flavor, projectId } = server;
  const cores = use?.cores ?? null;
  const memory = use?.memoryBytes ?? null;
  return {
    id,
    name,
    status,
    flavor: flavor?.name ?? null,
    vcpus: flavor?.vcpus ?? null,
    ram: flavor?.ramBytes ?? null,
    ...describeProject(projects, projectId),
    cpu_cores: cores,
    cpu_percentage: cores === null || !flavor ? null : percent(cores, flavor.vcpus),
    ram_used: memory,
    ram_percentage: memory === null || !flavor ? null : percent(memory, flavor.ramBytes),
  };
}

function describeAllocation(allocation: Allocation | null, ratio: number | null): Host['vcpu'] {
  if (allocation === null) return null;
  const { total, reserved, capacity, used } = allocation;
  return {
    total,
    reserved,
    capacity,
    allocated: used,
    allocated_percentage: percent(used, capacity),
    allocation_ratio: ratio,
  };
}
