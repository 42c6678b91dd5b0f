import type { Need } from './suits';

/** What is left on hosts and can't be used, because the other resource has run out there. */

/** Left on an open host: CPUs, and RAM in MiB. Allocations may exceed the capacity. */
export type Left = { name: string; cpus: number; ram: number };

export type Stranded = {
  /** MiB on hosts that have RAM for one more VM of this size, but too few CPUs. */
  ram: { amount: number; hosts: string[] };
  /** CPUs on hosts that have CPUs for one, but too little RAM. */
  cpus: { amount: number; hosts: string[] };
};

/** @param size of the VM that has to fit: pinned CPUs count like others */
export function findStranded(left: Left[], { resources }: Pick<Need, 'resources'>): Stranded {
  const cpus = (resources.VCPU ?? 0) + (resources.PCPU ?? 0);
  const ram = resources.MEMORY_MB ?? 0;
  const withoutCpus = left.filter((host) => host.cpus < cpus && host.ram >= ram);
  const withoutRam = left.filter((host) => host.ram < ram && host.cpus >= cpus);
  return {
    ram: {
      amount: withoutCpus.reduce((sum, host) => sum + host.ram, 0),
      hosts: withoutCpus.map(({ name }) => name),
    },
    cpus: {
      amount: withoutRam.reduce((sum, host) => sum + host.cpus, 0),
      hosts: withoutRam.map(({ name }) => name),
    },
  };
}

/** The size of the VM in the middle, by CPUs and then RAM; undefined without VMs. */
export function medianOf<Size extends { vcpus: number; ramBytes: number }>(sizes: Map<Size, number>): Size | undefined {
  const sorted = [...sizes].sort(([a], [b]) => a.vcpus - b.vcpus || a.ramBytes - b.ramBytes);
  const half = sorted.reduce((sum, [, count]) => sum + count, 0) / 2;
  let before = 0;
  return sorted.find(([, count]) => {
    before += count;
    return before >= half;
  })?.[0];
}
