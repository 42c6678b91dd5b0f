import type { Hypervisor, Server } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import type { AllocationSource } from '@/lib/readings/allocations';
import { compareNames } from '@/lib/sort';
import { MIB } from '@/lib/units';
import {
  type Allocation,
  addAllocations,
  allocationOf,
  type Measured,
  measuredCpu,
  measuredRam,
  percent,
} from './capacity';
import { buildHostIndex, type HostIndex, isComputeHost, mapTargets } from './host-index';
import type { ServerGroups } from './server-groups';

/** One compute host with all that is known of it. */
export type ClusterHost = {
  name: string;
  hypervisor: Hypervisor;
  /** VCPU and PCPU together, in vCPUs; null where Placement's numbers are not known. */
  vcpu: Allocation | null;
  /** MEMORY_MB in bytes. */
  vram: Allocation | null;
  /** Ratio of its VCPU inventory, of its MEMORY_MB inventory. */
  ratios: { vcpu: number | null; vram: number | null };
  /** Logical CPUs and how many of them are in use. */
  cpu: Measured;
  /** Bytes. */
  ram: Measured;
  /** Why CPU or RAM in use is not known; null where both are. */
  reason: string | null;
  servers: Server[];
};

/** Hosts, VMs, allocations and load of one moment, joined on the host. Hosts are in natural order. */
export type Cluster = {
  index: HostIndex;
  hosts: ClusterHost[];
  byName: Map<string, ClusterHost>;
  servers: Map<string, Server>;
  /** The VMs of each host as Nova names it, hosts that are none of `hosts` included. */
  population: Map<string, Server[]>;
  unmappedTargets: string[];
  duplicateTargets: string[];
};

export type ClusterParts = {
  hypervisors: Hypervisor[];
  servers: ServerGroups;
  /** null: unknown. */
  allocations: AllocationSource | null;
  /** null: Prometheus has given nothing. */
  targets: NodeTarget[] | null;
  hostLabels: string[];
  hostAliases: Record<string, string>;
};

export function joinCluster(parts: ClusterParts): Cluster {
  const index = buildHostIndex(parts.hypervisors, parts.hostAliases);
  const mapped = mapTargets(parts.targets ?? [], index, parts.hostLabels);
  const allocations = allocationsByHost(parts, index);
  const serversByHost = placeByHost(parts.servers.byHost, index);
  const hosts = parts.hypervisors
    .filter(isComputeHost)
    .sort((a, b) => compareNames(a.host, b.host))
    .map((hypervisor): ClusterHost => {
      const target = mapped.hosts.get(hypervisor.host);
      const cpu = measuredCpu(target);
      const ram = measuredRam(target);
      return {
        name: hypervisor.host,
        hypervisor,
        ...(allocations.get(hypervisor.host) ?? { vcpu: null, vram: null, ratios: { vcpu: null, vram: null } }),
        cpu,
        ram,
        reason:
          cpu.used !== null && ram.used !== null ? null : missingReason(hypervisor, target, parts.targets !== null),
        servers: serversByHost.get(hypervisor.host) ?? [],
      };
    });
  return {
    index,
    hosts,
    byName: new Map(hosts.map((host) => [host.name, host])),
    servers: parts.servers.byId,
    population: parts.servers.byHost,
    unmappedTargets: mapped.unmapped,
    duplicateTargets: mapped.duplicates,
  };
}

function missingReason(hypervisor: Hypervisor, target: NodeTarget | undefined, answered: boolean): string {
  if (!answered) return 'Prometheus has no data';
  if (target) return 'Not measured long enough yet: fewer than two samples';
  if (hypervisor.state === 'down') return 'The host is down and no exporter reports it';
  return 'No exporter reports this host under a known name';
}

/** The groups under the names that hosts have here; what Nova calls by two of them is one. */
function placeByHost(groups: Map<string, Server[]>, index: HostIndex): Map<string, Server[]> {
  const placed = new Map<string, Server[]>();
  for (const [name, servers] of groups) {
    const host = index.resolve(name) ?? name;
    const others = placed.get(host);
    placed.set(host, others ? [...others, ...servers] : servers);
  }
  return placed;
}

type HostAllocations = Pick<ClusterHost, 'vcpu' | 'vram' | 'ratios'>;

function allocationsByHost(parts: ClusterParts, index: HostIndex): Map<string, HostAllocations> {
  const hosts = new Map<string, HostAllocations>();
  for (const row of allocationRows(parts.allocations)) {
    const host = row.names.map((name) => index.resolve(name)).find((name) => name !== undefined);
    if (host === undefined) continue;
    const known = hosts.get(host) ?? { vcpu: null, vram: null, ratios: { vcpu: null, vram: null } };
    const allocation = allocationOf(row.inventory, row.used);
    if (row.resourceClass === 'MEMORY_MB') {
      known.vram = plus(known.vram, inBytes(allocation));
      known.ratios.vram ??= row.inventory.allocationRatio;
    } else {
      known.vcpu = plus(known.vcpu, allocation);
      if (row.resourceClass === 'VCPU') known.ratios.vcpu ??= row.inventory.allocationRatio;
    }
    hosts.set(host, known);
  }
  return hosts;
}

type AllocationRow = {
  names: string[];
  resourceClass: string;
  inventory: { total: number; reserved: number; allocationRatio: number; maxUnit: number };
  used: number;
};

const COUNTED_CLASSES = ['VCPU', 'PCPU', 'MEMORY_MB'];

function allocationRows(source: AllocationSource | null): AllocationRow[] {
  if (source === null) return [];
  if (source.kind === 'openstack-exporter') {
    return source.rows
      .filter((row) => COUNTED_CLASSES.includes(row.resourceClass))
      .map((row) => ({
        names: [row.hypervisorHostname],
        resourceClass: row.resourceClass,
        inventory: { ...row, maxUnit: row.total },
        used: row.used,
      }));
  }
  const rootNames = new Map(source.providers.map(({ id, name }) => [id, name]));
  return source.providers.flatMap((provider) =>
    COUNTED_CLASSES.flatMap((resourceClass) => {
      const inventory = provider.inventories[resourceClass];
      if (!inventory) return [];
      const names = [provider.rootId, rootNames.get(provider.rootId) ?? provider.name];
      return [{ names, resourceClass, inventory, used: provider.usages[resourceClass] ?? 0 }];
    }),
  );
}

function plus(a: Allocation | null, b: Allocation): Allocation {
  return a === null ? b : addAllocations(a, b);
}

function inBytes(allocation: Allocation): Allocation {
  return {
    total: allocation.total * MIB,
    reserved: allocation.reserved * MIB,
    capacity: allocation.capacity * MIB,
    used: allocation.used * MIB,
  };
}

/** Percent of its logical CPUs that a host uses; null where unknown. A host at exactly 0 is known. */
export function cpuPercent({ cpu }: { cpu: Measured }): number | null {
  return cpu.used === null || cpu.total === null ? null : percent(cpu.used, cpu.total);
}

export function ramPercent({ ram }: { ram: Measured }): number | null {
  return ram.used === null || ram.total === null ? null : percent(ram.used, ram.total);
}
