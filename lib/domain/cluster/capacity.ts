import type { Inventory } from '@/lib/openstack/records';
import type { NodeTarget } from '@/lib/prometheus/records';

/** One resource of one host as Placement counts it, in native units: vCPUs, or MiB for MEMORY_MB. */
export type Allocation = {
  total: number;
  reserved: number;
  /** What Placement allocates at most: floor((total - reserved) * allocation ratio). */
  capacity: number;
  used: number;
};

const NO_ALLOCATION: Allocation = { total: 0, reserved: 0, capacity: 0, used: 0 };

/**
 * What Placement allocates at most from one inventory.
 * https://docs.openstack.org/api-ref/placement/#resource-provider-inventories: (total - reserved) * allocation_ratio,
 * rounded down. The ratio is rounded to four decimals first, because exporters store it as a 32-bit float; the tiny addend
 * keeps 10 * 1.1 at 11 in binary arithmetic.
 */
export function inventoryCapacity({ total, reserved, allocationRatio }: Inventory): number {
  // More may be reserved than exists; capacity is never negative.
  return Math.floor(Math.max(0, total - reserved) * (Math.round(allocationRatio * 1e4) / 1e4) + 1e-6);
}

export function addAllocations(a: Allocation, b: Allocation): Allocation {
  return {
    total: a.total + b.total,
    reserved: a.reserved + b.reserved,
    capacity: a.capacity + b.capacity,
    used: a.used + b.used,
  };
}

/** One virtual resource of several hosts, in the unit of its allocations. */
export type VirtualCapacity = {
  /** Capacity with the allocation ratios applied. */
  total: number;
  allocated: number;
  /** total - allocated; negative if a ratio was lowered below what is allocated. */
  free: number;
  /** 100 * allocated / total. Null, like the ratios below, if something is allocated of nothing. */
  allocatedPercentage: number | null;
  /** allocated / (total - reserved): the overcommitment now. */
  overcommitRatio: number | null;
  /** capacity / (total - reserved): the highest overcommitment allowed. */
  overcommitMax: number | null;
  /** Σ of what each host that is up and enabled can still take. A host over its capacity does not reduce it. */
  schedulableFree: number;
  /** Σ (total - reserved): what the ratios multiply. */
  base: number;
};

/** Sums one virtual resource over hosts. @param hosts `open` if the scheduler may still place VMs on it */
export function sumVirtual(hosts: { allocation: Allocation; open: boolean }[]): VirtualCapacity {
  const sum = hosts.reduce((all, { allocation }) => addAllocations(all, allocation), NO_ALLOCATION);
  // More can be reserved than there is: then nothing of that host is left, not less than nothing.
  const base = hosts.reduce((all, { allocation }) => all + Math.max(0, allocation.total - allocation.reserved), 0);
  return {
    total: sum.capacity,
    allocated: sum.used,
    free: sum.capacity - sum.used,
    allocatedPercentage: percent(sum.used, sum.capacity),
    overcommitRatio: over(sum.used, base),
    overcommitMax: base === 0 && sum.used > 0 ? null : over(sum.capacity, base),
    schedulableFree: hosts.reduce(
      (free, { allocation, open }) => free + (open ? Math.max(0, allocation.capacity - allocation.used) : 0),
      0,
    ),
    base,
  };
}

/** What a host's exporter measured, in cores or bytes; null if unknown. */
export type Measured = { total: number | null; used: number | null };

export function measuredCpu(target: NodeTarget | undefined): Measured {
  // 0 CPUs mean that the host was not measured.
  if (!target?.cpus) return { total: null, used: null };
  const { cpus, idleShare } = target;
  return { total: cpus, used: idleShare === null ? null : cpus * (1 - idleShare) };
}

export function measuredRam(target: NodeTarget | undefined): Measured {
  if (!target?.memoryTotalBytes) return { total: null, used: null };
  const { memoryTotalBytes: total, memoryAvailableBytes: available } = target;
  return { total, used: available === null ? null : total - available };
}

/** One physical resource of several hosts, in cores or bytes. */
export type PhysicalCapacity = {
  total: number | null;
  used: number | null;
  free: number | null;
  usedPercentage: number | null;
  /** Measured hosts; the sums cover only these. */
  hostsMeasured: number;
};

/** Sums one physical resource over the measured hosts. Larger hosts weigh more: percentages are never averaged. */
export function sumPhysical(hosts: Measured[]): PhysicalCapacity {
  const known = hosts.filter(
    (host): host is { total: number; used: number } => host.total !== null && host.used !== null,
  );
  if (known.length === 0) {
    const empty = hosts.length === 0;
    return {
      total: empty ? 0 : null,
      used: empty ? 0 : null,
      free: empty ? 0 : null,
      usedPercentage: empty ? 0 : null,
      hostsMeasured: 0,
    };
  }
  const total = known.reduce((sum, host) => sum + host.total, 0);
  const used = known.reduce((sum, host) => sum + host.used, 0);
  return { total, used, free: total - used, usedPercentage: percent(used, total), hostsMeasured: known.length };
}

/** 100 * part / whole, like `over`. */
export function percent(part: number, whole: number): number | null {
  const share = over(part, whole);
  return share === null ? null : 100 * share;
}

/** part / whole. Nothing of nothing is 0, since an empty region is not an unknown one; something of nothing is null. */
export function over(part: number, whole: number): number | null {
  if (whole === 0) return part === 0 ? 0 : null;
  return part / whole;
}
