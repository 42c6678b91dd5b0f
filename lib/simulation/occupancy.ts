import type { Cloud, SimFlavor, SimHost, SimServer } from './model';

/** A part of a VM's life that it spent on one host. */
type Residence = { server: SimServer; from: number; until: number };

type Usage = { VCPU: number; PCPU: number; MEMORY_MB: number; DISK_GB: number };

/** Who was where and when, looked up by host. */
export type Occupancy = {
  residences(host: SimHost): Residence[];
  guests(host: SimHost, at: number): SimServer[];
  /** What Placement has allocated: every VM that has a host holds its flavor, whatever its state. */
  usage(host: SimHost, at: number): Usage;
  /** A VM came, went or moved. */
  changed(): void;
};

export function openOccupancy(cloud: Pick<Cloud, 'servers'>): Occupancy {
  let byHost: Map<SimHost, Residence[]> | undefined;
  const residences = (host: SimHost) => {
    byHost ??= byHostOf(cloud.servers);
    return byHost.get(host) ?? [];
  };
  const guests = (host: SimHost, at: number) =>
    residences(host)
      .filter(({ from, until }) => from <= at && at < until)
      .map(({ server }) => server);
  return {
    residences,
    guests,
    usage: (host, at) => sumOf(guests(host, at).map(({ flavor }) => flavor)),
    changed() {
      byHost = undefined;
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

/** What Placement says a host has, by resource class. */
export function inventoryOf(host: SimHost): Record<string, Inventory> {
  return {
    VCPU: { total: host.threads - host.pinnedCpus, reserved: host.reservedCpus, allocation_ratio: host.cpuRatio },
    ...(host.pinnedCpus > 0 ? { PCPU: { total: host.pinnedCpus, reserved: 0, allocation_ratio: 1 } } : {}),
    MEMORY_MB: { total: host.ramMib, reserved: host.reservedMib, allocation_ratio: host.ramRatio },
    DISK_GB: { total: host.diskGib, reserved: 10, allocation_ratio: 1 },
  };
}

/** What may be allocated of it. */
export const capacityOf = ({ total, reserved, allocation_ratio }: Inventory): number =>
  Math.floor((total - reserved) * allocation_ratio);
