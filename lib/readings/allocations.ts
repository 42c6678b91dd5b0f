import { listProviderUsages } from '@/lib/openstack/placement';
import type { Hypervisor, ProviderUsage } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import type { ExporterInventory } from '@/lib/prometheus/records';
import type { LoadReader } from './load';

/** What is allocated of each host: from Placement itself, or as an openstack-exporter repeats it. */
export type AllocationSource =
  | { kind: 'placement'; providers: ProviderUsage[] }
  | { kind: 'openstack-exporter'; rows: ExporterInventory[] };

/**
 * Asks Placement for the compute hosts among the hypervisors only: an ironic node is a provider too, but costs two
 * requests and has nothing that counts here.
 *
 * @throws SourceError of Keystone or Placement
 */
export async function readPlacement(session: Session, hypervisors: Hypervisor[]): Promise<AllocationSource> {
  const computes = hypervisors.filter(({ type }) => type.toLowerCase() !== 'ironic');
  const ids = new Set(computes.map(({ id }) => id));
  const names = new Set(computes.map(({ hypervisorHostname }) => hypervisorHostname));
  const providers = await listProviderUsages(session, { isHost: ({ id, name }) => ids.has(id) || names.has(name) });
  return { kind: 'placement', providers };
}

/** @throws SourceError of Prometheus */
export async function readExporterAllocations(load: LoadReader): Promise<AllocationSource> {
  const { prometheus, settings } = load;
  return {
    kind: 'openstack-exporter',
    rows: await listExporterInventories(prometheus, settings, await load.exporters()),
  };
}
