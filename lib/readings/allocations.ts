import type { Hypervisor, ProviderUsage } from '@/lib/openstack/records';
import { listExporterInventories } from '@/lib/prometheus/exporter-inventory';
import type { ExporterInventory, ExporterReading } from '@/lib/prometheus/records';
import type { LoadReader } from './load';
import type { Losses } from './losses';
import type { PlacementReader, PlacementReading } from './placement';

/** What is allocated on each host, from Placement itself or from an openstack-exporter. */
export type AllocationSource =
  | { kind: 'placement'; providers: ProviderUsage[]; losses?: Losses }
  | ({ kind: 'openstack-exporter' } & ExporterReading);

/**
 * @param computes compute hosts only: Ironic nodes are providers too, but nothing on them counts here
 * @throws SourceError of Keystone or Placement
 */
export function readPlacement(
  placement: PlacementReader,
  computes: Hypervisor[],
  previous?: AllocationSource,
): Promise<PlacementReading> {
  return placement.read(computes, isPlacementReading(previous) ? previous : undefined);
}

const isPlacementReading = (source: AllocationSource | undefined): source is PlacementReading =>
  source?.kind === 'placement' && 'capacities' in source;

/** @throws SourceError of Prometheus */
export async function readExporterAllocations(
  load: LoadReader,
): Promise<Extract<AllocationSource, { kind: 'openstack-exporter' }>> {
  return { kind: 'openstack-exporter', ...(await listExporterInventories(await load.metrics())) };
}

/** Placement's numbers from an openstack-exporter; empty without one. @throws SourceError of Prometheus */
export async function listExported(load: LoadReader): Promise<ExporterInventory[]> {
  return (await listExporterInventories(await load.metrics())).rows;
}

/** What Placement sent and could not be read. */
export const lossesOf = (source: AllocationSource | null): Losses =>
  source?.kind === 'placement' ? (source.losses ?? []) : [];
