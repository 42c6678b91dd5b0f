import { MIB } from '../units';
import { groupBy } from './group-by';
import type { Metrics } from './metrics';
import { inBatches } from './promql';
import { QUERIES, type UseWindows } from './queries';
import type { Sample, ServerUse } from './records';
import { combineUse, type PlaceRow } from './server-places';
import { lookback, type MetricSettings, serverWindows } from './settings';

/** Reads the rows of these VMs, each with the VM's id. */
type Reader = (ids: string[]) => Promise<{ id: string; row: PlaceRow }[]>;

/**
 * CPU and RAM usage of VMs, in cores and bytes, now or at a time in the past. VMs that no exporter reports are absent. RAM is
 * what the guest can't release (available - usable); null if its balloon driver does not report it.
 *
 * @throws SourceError of Prometheus
 */
export async function listServerUse(
  metrics: Metrics,
  serverIds: string[],
  options: { at?: number } = {},
): Promise<Map<string, ServerUse>> {
  const read = readerFor(metrics, options);
  const rows = read === null ? [] : await read([...new Set(serverIds)]);
  const use = new Map<string, ServerUse>();
  for (const [id, own] of groupBy(rows, (row) => row.id)) {
    const combined = combineUse(own.map(({ row }) => row));
    if (combined) use.set(id, combined);
  }
  return use;
}

/** Ids per query when queries are sent in a request body. */
const PART_SIZE = 500;

const inParts = <T>(items: T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / PART_SIZE) }, (_, i) =>
    items.slice(i * PART_SIZE, (i + 1) * PART_SIZE),
  );

type LabelledQuery = (settings: MetricSettings, label: string, ids: string[], windows: UseWindows) => string;

function readerFor({ prometheus, settings, exporters }: Metrics, options: { at?: number }): Reader | null {
  const interval = exporters.serverIntervalSeconds ?? exporters.nodeIntervalSeconds;
  const windows = { ...serverWindows(settings, exporters), lookback: lookback(interval) };
  /** Runs one query per part of the list and returns all rows. */
  async function queryAll<T>(items: T[], toQuery: (part: T[]) => string): Promise<Sample[]> {
    const parts = prometheus.takesLongLists?.() ? inParts(items) : inBatches(items, toQuery);
    return (await Promise.all(parts.map((part) => prometheus.query(toQuery(part), options)))).flat();
  }
  /** For exporters that put the id on every series. */
  const labelled =
    (defaultLabel: string, query: LabelledQuery): Reader =>
    async (ids) => {
      const label = settings.serverLabel ?? defaultLabel;
      const samples = await queryAll(ids, (part) => query(settings, label, part, windows));
      return samples.map((sample) => ({ id: sample.labels[label] ?? '', row: toRow(sample) }));
    };
  /** For exporters that only have the domain on each series and map domains to VMs in another metric. */
  const throughDomains =
    (metric: string, defaultLabel: string): Reader =>
    async (ids) => {
      const label = settings.serverLabel ?? defaultLabel;
      const infos = await queryAll(ids, (part) => QUERIES.domains(settings, metric, label, part, windows.mean));
      // Domain names repeat between cells, so a domain is identified together with its target.
      const places = new Map(
        infos.map(({ labels }) => {
          const { instance = '', domain = '' } = labels;
          return [domainAt(labels), { id: labels[label] ?? '', instance, domain }];
        }),
      );
      const samples = await queryAll([...places.values()], (part) => QUERIES.domainUse(settings, part, windows));
      // Batches match every instance with every domain, so they overlap; repeated rows are equal.
      return samples.flatMap((sample) => {
        const place = places.get(domainAt(sample.labels));
        return place ? [{ id: place.id, row: toRow(sample) }] : [];
      });
    };
  switch (exporters.servers) {
    case 'libvirt-uuid':
      return labelled('uuid', QUERIES.labelledUse);
    case 'libvirt-instance-id':
      return labelled('instanceId', QUERIES.labelledUse);
    case 'libvirtd':
      return labelled('uuid', QUERIES.libvirtdUse);
    case 'ceilometer':
      return labelled('resource', QUERIES.ceilometerUse);
    case 'libvirt-inovex':
      return throughDomains('libvirt_domain_openstack_info', 'instance_id');
    case 'libvirt-tinkoff':
      return throughDomains('libvirt_domain_info_meta', 'uuid');
    case null:
      return null;
  }
}

const domainAt = ({ job, instance, domain }: Record<string, string>): string => JSON.stringify([job, instance, domain]);

/** Rows of `now` are distinguished by their metric. Ceilometer reports memory in MiB. */
function toRow({ labels, value }: Sample): PlaceRow {
  const { job, instance, host, vm_instance, m = '', __name__: name = '' } = labels;
  const place = JSON.stringify([job, instance, host, vm_instance]);
  if (m !== 'now') return { place, measure: m, value };
  if (name.endsWith('_available_bytes')) return { place, measure: 'available', value };
  if (name.endsWith('_usable_bytes')) return { place, measure: 'usable', value };
  if (name === 'ceilometer_memory_usage') return { place, measure: 'used', value: value === null ? null : value * MIB };
  return { place, measure: 'alive', value };
}
