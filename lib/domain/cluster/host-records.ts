import type { Hypervisor } from '@/lib/openstack/records';
import type { AllocationSource } from '@/lib/readings/allocations';
import { compareNames } from '@/lib/sort';

/**
 * Nova's records of one service host: usually one. A host that was installed again in another cell keeps its old record until
 * somebody deletes it.
 */
export type HostRecords = { host: string; kept: Hypervisor; others: Hypervisor[] };

/** Ironic nodes are hypervisors to Nova, but not hosts that VMs share. */
export function isComputeHost(hypervisor: Hypervisor): boolean {
  return hypervisor.type.toLowerCase() !== 'ironic';
}

/** Whether a host takes new VMs: its service is up, and nobody has disabled it. */
export const isInService = ({ state, status }: Pick<Hypervisor, 'state' | 'status'>): boolean =>
  state === 'up' && status === 'enabled';

/** Compute hosts in natural order. Of several records the one that is up is kept, then the one that is enabled. */
export function listHostRecords(hypervisors: Hypervisor[]): HostRecords[] {
  const records = new Map<string, HostRecords>();
  for (const hypervisor of hypervisors.filter(isComputeHost).sort((a, b) => compareNames(a.id, b.id))) {
    const { host } = hypervisor;
    const known = records.get(host);
    if (!known) records.set(host, { host, kept: hypervisor, others: [] });
    else if (rankOf(hypervisor) <= rankOf(known.kept)) known.others.push(hypervisor);
    else records.set(host, { host, kept: hypervisor, others: [...known.others, known.kept] });
  }
  return [...records.values()].sort((a, b) => compareNames(a.host, b.host));
}

const rankOf = ({ state, status, guests }: Hypervisor): number =>
  (state === 'up' ? 4 : 0) + (status === 'enabled' ? 2 : 0) + ((guests ?? 0) > 0 ? 1 : 0);

/** Placement's numbers without the providers of records that are not kept, where the one that is kept has its own. */
export function ofKeptRecords(source: AllocationSource, records: HostRecords[]): AllocationSource {
  if (source.kind !== 'placement') return source;
  const roots = new Set(source.providers.map(({ rootId }) => rootId));
  const superseded = new Set(
    records.flatMap(({ kept, others }) => (roots.has(kept.id) ? others.map(({ id }) => id) : [])),
  );
  return { ...source, providers: source.providers.filter(({ rootId }) => !superseded.has(rootId)) };
}
