import type { Hypervisor, ProviderUsage } from '@/lib/openstack/records';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import type { ExporterInventory } from '@/lib/prometheus/records';
import type { LoadReader } from './load';
import type { PlacementReader, PlacementReading } from './placement';

/** What is allocated of each host: from Placement itself, or as an openstack-exporter repeats it. */
export type AllocationSource =
  | { kind: 'placement'; providers: ProviderUsage[] }
  | { kind: 'openstack-exporter'; rows: ExporterInventory[] };

/**
 * Asks Placement for the compute hosts among the hypervisors only: an ironic node is a provider too, but has nothing that
 * counts here.
 *
 * @throws SourceError of Keystone or Placement
 */
export function readPlacement(
  placement: PlacementReader,
  hypervisors: Hypervisor[],
  previous?: AllocationSource,
): Promise<PlacementReading> {
  const computes = hypervisors.filter(({ type }) => type.toLowerCase() !== 'ironic');
  return placement.read(computes, isPlacementReading(previous) ? previous : undefined);
}

const isPlacementReading = (source: AllocationSource | undefined): source is PlacementReading =>
  source?.kind === 'placement' && 'told' in source;

/** @throws SourceError of Prometheus */
export async function readExporterAllocations(load: LoadReader): Promise<AllocationSource> {
  return { kind: 'openstack-exporter', rows: await listRepeated(load) };
}

/** Placement's numbers as an openstack-exporter has them; none without one. @throws SourceError of Prometheus */
export async function listRepeated({ prometheus, settings, exporters }: LoadReader): Promise<ExporterInventory[]> {
  return listExporterInventories(prometheus, settings, await exporters());
}
