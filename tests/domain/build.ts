import { type ClusterParts, joinCluster } from '@/lib/domain/cluster/cluster';
import { groupServers } from '@/lib/domain/cluster/server-groups';
import type { Action, Hypervisor, ProviderUsage, Server } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';
import { GIB } from '@/lib/units';

/** Records with plain defaults, so that a test names only what it is about. */

export const hypervisor = (host: string, more: Partial<Hypervisor> = {}): Hypervisor => ({
  id: `id-of-${host}`,
  host,
  hypervisorHostname: `${host}.example`,
  type: 'QEMU',
  hostIp: null,
  state: 'up',
  status: 'enabled',
  disabledReason: null,
  vcpus: null,
  memoryBytes: null,
  guests: null,
  ...more,
});

export const server = (id: string, host: string | null, more: Partial<Server> = {}): Server => ({
  id,
  name: `name-of-${id}`,
  status: 'ACTIVE',
  taskState: null,
  host,
  projectId: 'project',
  flavor: { name: 'm1.medium', vcpus: 2, ramBytes: 4 * GIB, diskBytes: 0, extraSpecs: {} },
  availabilityZone: null,
  locked: null,
  createdAt: null,
  updatedAt: null,
  ...more,
});

/** A host's exporter; cores in use, null if not measured. 60 of its 100 GiB of RAM are free. */
export const target = (
  host: string,
  { cpus, used, ...more }: { cpus: number; used: number | null } & Partial<NodeTarget>,
): NodeTarget => ({
  labels: { instance: `${host}:9100` },
  nodename: null,
  bootedAt: null,
  cpus,
  idleShare: used === null ? null : 1 - used / cpus,
  cpuGap: used === null ? 'too-young' : null,
  memoryTotalBytes: 100 * GIB,
  memoryAvailableBytes: 60 * GIB,
  hugepagesFreeBytes: null,
  ...more,
});

export const provider = (
  host: string,
  { vcpus, ratio, used }: { vcpus: number; ratio: number; used: number },
): ProviderUsage => ({
  id: `id-of-${host}`,
  name: `${host}.example`,
  rootId: `id-of-${host}`,
  inventories: {
    VCPU: { total: vcpus, reserved: 0, allocationRatio: ratio, maxUnit: vcpus },
    MEMORY_MB: { total: 102_400, reserved: 2_400, allocationRatio: 1, maxUnit: 102_400 },
  },
  usages: { VCPU: used, MEMORY_MB: 10_000 },
});

export const cluster = ({ servers = [], ...parts }: Partial<Omit<ClusterParts, 'servers'>> & { servers?: Server[] }) =>
  joinCluster({
    hypervisors: [],
    servers: groupServers(servers),
    allocations: null,
    targets: null,
    hostLabels: ['fqdn', 'hostname', 'instance'],
    hostAliases: {},
    ...parts,
  });

/** An action that takes a VM out of service. */
export const shutdown = (
  id: string,
  serverId: string,
  { type = 'stop', ...more }: Partial<Action> & { type?: 'stop' | 'shelve' | 'delete' } = {},
): Action => ({ ...migrate(id, [serverId, '', null], more), type, parameters: { resource_id: serverId } });

/** A move of a VM from one host to another; null for one that the scheduler chooses. */
export const migrate = (
  id: string,
  [serverId, source, destination]: [serverId: string, source: string, destination: string | null],
  more: Partial<Action> = {},
): Action => ({
  id,
  planId: 'plan',
  type: 'migrate',
  state: 'PENDING',
  parameters: {
    migration_type: 'live',
    resource_id: serverId,
    source_node: source,
    ...(destination === null ? {} : { destination_node: destination }),
  },
  parents: [],
  statusMessage: null,
  createdAt: null,
  updatedAt: null,
  ...more,
});
