import type { StrandedView } from '@/lib/contract/v1/capacity';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { ServerFlavor } from '@/lib/openstack/records';
import type { ClusterHost } from '../cluster/cluster';
import { isInService } from '../cluster/host-records';

/** What is left on hosts and can't be used, because the other resource has run out there. */

/** Left on an open host: vCPUs, pinned ones included, and bytes of RAM. */
export type Left = { name: string; vcpus: number; ram: number };

type Size = Pick<ServerFlavor, 'vcpus' | 'ramBytes'>;
type Stranded = Pick<StrandedView, 'ram_without_vcpu' | 'vcpu_without_ram'>;

/** @param size of the VM that has to fit */
export function findStranded(left: Left[], { vcpus, ramBytes }: Size): Stranded {
  const withoutCpus = left.filter((host) => host.vcpus < vcpus && host.ram >= ramBytes);
  const withoutRam = left.filter((host) => host.ram < ramBytes && host.vcpus >= vcpus);
  return {
    ram_without_vcpu: { amount: withoutCpus.reduce((sum, { ram }) => sum + ram, 0), hosts: namesOf(withoutCpus) },
    vcpu_without_ram: { amount: withoutRam.reduce((sum, host) => sum + host.vcpus, 0), hosts: namesOf(withoutRam) },
  };
}

const namesOf = (hosts: Left[]) => hosts.map(({ name }) => name);

/** The size of the VM in the middle, by CPUs and then RAM; undefined without VMs. */
export function medianOf<Flavor extends Size>(sizes: Map<Flavor, number>): Flavor | undefined {
  const sorted = [...sizes].sort(([a], [b]) => a.vcpus - b.vcpus || a.ramBytes - b.ramBytes);
  const half = sorted.reduce((sum, [, count]) => sum + count, 0) / 2;
  let before = 0;
  return sorted.find(([, count]) => {
    before += count;
    return before >= half;
  })?.[0];
}

/** null without VMs, or if nothing is known about what hosts have left. */
export function describeStranded(hosts: ClusterHost[]): StrandedView | null {
  const counts = new Map<ServerFlavor, number>();
  for (const { servers } of hosts)
    for (const { flavor } of servers) if (flavor) counts.set(flavor, (counts.get(flavor) ?? 0) + 1);
  const size = medianOf(counts);
  const left = leftNow(hosts);
  if (size === undefined || left.length === 0) return null;
  return { flavor: size.name, vcpus: size.vcpus, ram: size.ramBytes, ...findStranded(left, size), freed: null };
}

const isOpen = ({ hypervisor }: ClusterHost) => isInService(hypervisor);

function leftNow(hosts: ClusterHost[]): Left[] {
  return hosts
    .filter(isOpen)
    .flatMap(({ name, vcpu, vram }) =>
      vcpu && vram
        ? [{ name, vcpus: Math.max(0, vcpu.capacity - vcpu.used), ram: Math.max(0, vram.capacity - vram.used) }]
        : [],
    );
}

/** What a plan would make usable; null if nothing. @param projected hosts as the plan leaves them */
export function findFreed(
  { flavor: _, vcpus, ram, ...before }: StrandedView,
  hosts: ClusterHost[],
  projected: ProjectedHost[],
): { ram: number; vcpus: number } | null {
  const open = new Set(hosts.filter(isOpen).map(({ name }) => name));
  const left = projected.flatMap((host): Left[] => {
    const { vcpu_after: cpus, vcpu_capacity: allCpus, vram_after: used, vram_capacity: allRam } = host;
    if (!open.has(host.host) || cpus === null || allCpus === null || used === null || allRam === null) return [];
    return [{ name: host.host, vcpus: Math.max(0, allCpus - cpus), ram: Math.max(0, allRam - used) }];
  });
  const after = findStranded(left, { vcpus, ramBytes: ram });
  const freed = {
    ram: Math.max(0, before.ram_without_vcpu.amount - after.ram_without_vcpu.amount),
    vcpus: Math.max(0, before.vcpu_without_ram.amount - after.vcpu_without_ram.amount),
  };
  // A plan without a known effect on allocations lists fewer hosts, and seems to free what they have.
  return left.length < leftNow(hosts).length || freed.ram + freed.vcpus === 0 ? null : freed;
}

/** How many VMs of the size what is freed would be enough for, RAM and CPUs added up: to compare plans. */
export const worthOf = ({ vcpus, ram }: StrandedView, freed: { ram: number; vcpus: number }): number =>
  freed.ram / Math.max(1, ram) + freed.vcpus / Math.max(1, vcpus);
