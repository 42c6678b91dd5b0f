import { gatherCrowd, type NamedCrowd } from '@/lib/domain/capacity/crowd';
import { findLosses, type Losses } from '@/lib/domain/capacity/losses';
import { openRoom, type Room } from '@/lib/domain/capacity/room';
import type {
  Aggregate,
  Hypervisor,
  Inventory,
  ProviderUsage,
  Server,
  ServerFlavor,
  ServerGroup,
} from '@/lib/openstack/records';
import type { Part, PlacingRules } from '@/lib/readings/placing-rules';
import { GIB } from '@/lib/units';
import { cluster, hypervisor, server } from '../build';

/** Clouds that can be counted in the head. */

export const flavor = (vcpus: number, ramGib: number, more: Partial<ServerFlavor> = {}): ServerFlavor => ({
  name: `f${vcpus}x${ramGib}`,
  vcpus,
  ramBytes: ramGib * GIB,
  diskBytes: 0,
  extraSpecs: {},
  ...more,
});

export type HostParts = {
  /** Of `[total, used]` in vCPU, GiB, pinned CPUs and GiB of disk. */
  vcpu?: [number, number];
  ram?: [number, number];
  pcpu?: [number, number];
  disk?: [number, number];
  more?: Record<string, { inventory: Partial<Inventory>; used: number }>;
  record?: Partial<Hypervisor>;
  /** Providers below the host. */
  nested?: ProviderUsage[];
  vms?: [id: string, flavor: ServerFlavor, more?: Partial<Server>][];
};

export type CloudParts = {
  hosts: Record<string, HostParts>;
  aggregates?: Aggregate[];
  groups?: ServerGroup[];
  traits?: Record<string, string[]>;
};

export const inventory = (total: number, more: Partial<Inventory> = {}): Inventory => ({
  total,
  reserved: 0,
  allocationRatio: 1,
  maxUnit: total,
  ...more,
});

const MIB_IN_GIB = 1024;

function providerOf(
  name: string,
  { vcpu = [100, 0], ram = [100, 0], pcpu, disk, more = {} }: HostParts,
): ProviderUsage {
  const classes: Record<string, { inventory: Partial<Inventory>; used: number }> = {
    VCPU: { inventory: inventory(vcpu[0]), used: vcpu[1] },
    MEMORY_MB: { inventory: inventory(ram[0] * MIB_IN_GIB), used: ram[1] * MIB_IN_GIB },
    ...(pcpu && { PCPU: { inventory: inventory(pcpu[0]), used: pcpu[1] } }),
    ...(disk && { DISK_GB: { inventory: inventory(disk[0]), used: disk[1] } }),
    ...more,
  };
  const rows = Object.entries(classes);
  return {
    id: `id-of-${name}`,
    name: `${name}.example`,
    rootId: `id-of-${name}`,
    inventories: Object.fromEntries(rows.map(([key, { inventory: own }]) => [key, inventory(own.total ?? 0, own)])),
    usages: Object.fromEntries(rows.map(([key, { used }]) => [key, used])),
  };
}

function finish<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const rulesOf = ({ aggregates = [], groups = [], traits = {} }: CloudParts): Part<PlacingRules> => ({
  value: {
    aggregates: { value: aggregates, reason: null },
    groups: { value: groups, reason: null },
    traits: { value: traits, reason: null },
  },
  reason: null,
});

export function roomOf(parts: CloudParts): Room {
  const rows = Object.entries(parts.hosts);
  const joined = cluster({
    hypervisors: rows.map(([name, { record }]) => hypervisor(name, record)),
    servers: rows.flatMap(([name, { vms = [] }]) =>
      vms.map(([id, own, more]) => server(id, name, { name: id, flavor: own, ...more })),
    ),
    allocations: {
      kind: 'placement',
      providers: rows.flatMap(([name, host]) => [providerOf(name, host), ...(host.nested ?? [])]),
    },
  });
  return finish(openRoom(joined, rulesOf(parts)));
}

function crowdOf(parts: CloudParts, reference: ServerFlavor | null = null): NamedCrowd {
  return finish(gatherCrowd(roomOf(parts), parts.groups ?? [], reference));
}

/** A host with as many GiB of RAM as CPUs, in total and allocated. */
export const whole = (cpus: number, used: number): { vcpu: [number, number]; ram: [number, number] } => ({
  vcpu: [cpus, used],
  ram: [cpus, used],
});

/** Names of the VMs that find no place, by host that fails. */
export function lostBy(parts: CloudParts): Record<string, string[]> {
  const { losses, crowd } = loseAll(parts);
  const names = Object.keys(parts.hosts);
  return Object.fromEntries(
    losses.single.map(({ unplaced }, host) => [
      names[host] ?? '',
      unplaced.map(({ vm }) => crowd.servers[vm]?.name ?? ''),
    ]),
  );
}

export function loseAll(
  parts: CloudParts,
  {
    reference = null,
    worst = 1,
    sets = [],
  }: { reference?: ServerFlavor | null; worst?: number; sets?: number[][] } = {},
): { losses: Losses; crowd: NamedCrowd } {
  const crowd = crowdOf(parts, reference);
  return { crowd, losses: finish(findLosses({ crowd: crowd.crowd, sets, worst })) };
}
