import type { Cloud, SimFlavor, SimHost, SimServer } from './model';

/** A period that a VM spent on one host, or held a place on it. */
export type Residence = { server: SimServer; from: number; until: number };

type Usage = { VCPU: number; PCPU: number; MEMORY_MB: number; DISK_GB: number };

/** Which VMs were on a host, and when. */
export type Occupancy = {
  residences(host: SimHost): Residence[];
  guests(host: SimHost, at: number): SimServer[];
  /**
   * What Placement has allocated: every VM with a host holds its flavor's resources, in any state, and one that moves holds
   * them on both hosts.
   */
  usage(host: SimHost, at: number): Usage;
  /** Reserves a VM's place on the host it moves to. The claim ends when its `until` is set. */
  claim(server: SimServer, host: SimHost, from: number): Residence;
  /** VMs that hold a place on a host to which they move. */
  incoming(host: SimHost, at: number): SimServer[];
  /** To be called when a VM was created, deleted or moved. */
  changed(): void;
  /** The same for one move to the last of the VM's stays; spares counting all VMs again. */
  moved(server: SimServer): void;
};

export function openOccupancy(cloud: Pick<Cloud, 'servers'>): Occupancy {
  let byHost: Map<SimHost, Residence[]> | undefined;
  const residences = (host: SimHost) => {
    byHost ??= byHostOf(cloud.servers);
    return byHost.get(host) ?? [];
  };
  const claims = new Map<SimHost, Residence[]>();
  const during = (stays: Residence[], at: number) =>
    stays.filter(({ from, until }) => from <= at && at < until).map(({ server }) => server);
  const guests = (host: SimHost, at: number) => during(residences(host), at);
  const incoming = (host: SimHost, at: number) => during(claims.get(host) ?? [], at);
  return {
    residences,
    guests,
    incoming,
    usage: (host, at) => sumOf([...guests(host, at), ...incoming(host, at)].map(({ flavor }) => flavor)),
    claim(server, host, from) {
      const claim = { server, from, until: Number.POSITIVE_INFINITY };
      claims.set(host, [...(claims.get(host) ?? []), claim]);
      return claim;
    },
    changed() {
      byHost = undefined;
    },
    moved(server) {
      const [before, last] = server.stays.slice(-2);
      if (!byHost || !last) return;
      const open = (before?.host ? (byHost.get(before.host) ?? []) : []).find(
        (residence) => residence.server === server && residence.until > last.from,
      );
      if (open) open.until = last.from;
      if (last.host === null) return;
      const list = byHost.get(last.host) ?? [];
      list.push({ server, from: last.from, until: Number.POSITIVE_INFINITY });
      byHost.set(last.host, list);
    },
  };
}

function byHostOf(servers: SimServer[]): Map<SimHost, Residence[]> {
  const byHost = new Map<SimHost, Residence[]>();
  for (const server of servers) {
    for (const [position, { host, from }] of server.stays.entries()) {
      if (host === null) continue;
      const list = byHost.get(host) ?? [];
      list.push({ server, from, until: server.stays[position + 1]?.from ?? Number.POSITIVE_INFINITY });
      byHost.set(host, list);
    }
  }
  return byHost;
}

function sumOf(flavors: SimFlavor[]): Usage {
  const usage: Usage = { VCPU: 0, PCPU: 0, MEMORY_MB: 0, DISK_GB: 0 };
  for (const { pinned, vcpus, ramMib, diskGib } of flavors) {
    usage[pinned ? 'PCPU' : 'VCPU'] += vcpus;
    usage.MEMORY_MB += ramMib;
    usage.DISK_GB += diskGib;
  }
  return usage;
}

export type Inventory = { total: number; reserved: number; allocation_ratio: number };

/** A host's inventories in Placement, by resource class. */
export function inventoryOf(host: SimHost): Record<string, Inventory> {
  return {
    VCPU: { total: host.threads - host.pinnedCpus, reserved: host.reservedCpus, allocation_ratio: host.cpuRatio },
    ...(host.pinnedCpus > 0 ? { PCPU: { total: host.pinnedCpus, reserved: 0, allocation_ratio: 1 } } : {}),
    MEMORY_MB: { total: host.ramMib, reserved: host.reservedMib, allocation_ratio: host.ramRatio },
    DISK_GB: { total: host.diskGib, reserved: 10, allocation_ratio: 1 },
  };
}

/** How much of an inventory can be allocated. */
export const capacityOf = ({ total, reserved, allocation_ratio }: Inventory): number =>
  Math.floor((total - reserved) * allocation_ratio);
