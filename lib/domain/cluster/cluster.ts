import type { Hypervisor, Server } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { AllocationSource } from '@/lib/readings/allocations';
import type { ProjectNames } from '@/lib/readings/projects';
import { MIB } from '@/lib/units';
import { type Allocation, addAllocations, type Measured, measuredCpu, measuredRam, percent } from './capacity';
import { buildHostIndex, type HostIndex, mapTargets } from './host-index';
import { type HostInventories, inventoriesByHost } from './inventories';
import { missingReason } from './missing-reason';
import type { ServerGroups } from './server-groups';

/** A compute host with everything that is known about it. */
export type ClusterHost = {
  name: string;
  hypervisor: Hypervisor;
  /** What Placement has for it; null if unknown. */
  inventories: HostInventories | null;
  /** VCPU and PCPU together, in vCPUs; null if unknown. */
  vcpu: Allocation | null;
  /** MEMORY_MB in bytes. */
  vram: Allocation | null;
  /** Allocation ratios of its VCPU and MEMORY_MB inventories. */
  ratios: { vcpu: number | null; vram: number | null };
  /** Logical CPUs and how many of them are in use. */
  cpu: Measured;
  /** Bytes. */
  ram: Measured;
  /** Why the CPU or RAM in use is unknown; null if both are known. */
  reason: string | null;
  servers: Server[];
};

/** Hosts, VMs, allocations and load at one time, joined by host. Hosts are in natural order. */
export type Cluster = {
  index: HostIndex;
  hosts: ClusterHost[];
  byName: Map<string, ClusterHost>;
  servers: Map<string, Server>;
  projects: ProjectNames;
  unmappedTargets: string[];
  duplicateTargets: string[];
};

export type ClusterParts = {
  hypervisors: Hypervisor[];
  servers: ServerGroups;
  /** null if unknown. */
  allocations: AllocationSource | null;
  /** null if Prometheus returned nothing. */
  targets: NodeTarget[] | null;
  hostLabels: string[];
  hostAliases: Record<string, string>;
  /** The cloud's region, which labels of targets may repeat. */
  region?: string;
  /** None if absent. */
  projects?: ProjectNames;
};

export function joinCluster(parts: ClusterParts): Cluster {
  const index = buildHostIndex(parts.hypervisors, parts.hostAliases, parts.region);
  const mapped = mapTargets(parts.targets ?? [], index, parts.hostLabels);
  const inventories = inventoriesByHost(parts.allocations, index);
  const serversByHost = placeByHost(parts.servers.byHost, index);
  const hosts = index.records.map(({ host, kept: hypervisor }): ClusterHost => {
    const target = mapped.hosts.get(host);
    const own = inventories?.get(host) ?? null;
    return {
      name: host,
      hypervisor,
      inventories: own,
      ...allocationsOf(own),
      cpu: measuredCpu(target),
      ram: measuredRam(target),
      reason: missingReason(hypervisor, parts.targets === null ? null : mapped),
      servers: serversByHost.get(host) ?? [],
    };
  });
  return {
    index,
    hosts,
    byName: new Map(hosts.map((host) => [host.name, host])),
    servers: parts.servers.byId,
    projects: parts.projects ?? { byId: new Map(), reason: 'Projects were not asked for.' },
    unmappedTargets: mapped.unmapped,
    duplicateTargets: mapped.duplicates,
  };
}

/** The VMs of each host under its own name, also where Nova spells the host in more than one way. */
function placeByHost(groups: Map<string, Server[]>, index: HostIndex): Map<string, Server[]> {
  const placed = new Map<string, Server[]>();
  for (const [name, servers] of groups) {
    const host = index.resolve(name) ?? name;
    const others = placed.get(host);
    placed.set(host, others ? [...others, ...servers] : servers);
  }
  return placed;
}

/** A host's VCPU and PCPU together, and its MEMORY_MB in bytes. */
function allocationsOf(inventories: HostInventories | null): Pick<ClusterHost, 'vcpu' | 'vram' | 'ratios'> {
  const { VCPU: vcpu, PCPU: pcpu, MEMORY_MB: ram } = inventories ?? {};
  // They count together, so that neither is known without the other.
  const isRead = vcpu !== null && pcpu !== null;
  return {
    vcpu: !isRead ? null : vcpu && pcpu ? addAllocations(vcpu, pcpu) : (vcpu ?? pcpu ?? null),
    vram: ram ? inBytes(ram) : null,
    ratios: { vcpu: vcpu?.allocation_ratio ?? null, vram: ram?.allocation_ratio ?? null },
  };
}

function inBytes({ total, reserved, capacity, used }: Allocation): Allocation {
  return { total: total * MIB, reserved: reserved * MIB, capacity: capacity * MIB, used: used * MIB };
}

/** Percentage of a host's logical CPUs in use; null if unknown. */
export function cpuPercent({ cpu }: { cpu: Measured }): number | null {
  return cpu.used === null || cpu.total === null ? null : percent(cpu.used, cpu.total);
}

export function ramPercent({ ram }: { ram: Measured }): number | null {
  return ram.used === null || ram.total === null ? null : percent(ram.used, ram.total);
}
