import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterSet, Sample, ServerUse } from './records';
import { type MetricSettings, serverWindow } from './settings';

/** So many ids fit into the address of a GET. */
const IDS_AT_ONCE = 60;

/** Reads one batch of ids; each row says whose it is. */
type Reader = (ids: string[]) => Promise<{ id: string; sample: Sample }[]>;

/**
 * CPU and RAM in use of the given VMs, in cores and bytes, now or at a time in the past. A VM that no exporter knows is
 * absent.
 *
 * @throws SourceError of Prometheus
 */
export async function listServerUse(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  serverIds: string[],
  options: { at?: number } = {},
): Promise<Map<string, ServerUse>> {
  const read = readerFor(prometheus, settings, exporters, options);
  const use = new Map<string, ServerUse>();
  if (read === null) return use;
  const batches: string[][] = [];
  for (let from = 0; from < serverIds.length; from += IDS_AT_ONCE)
    batches.push(serverIds.slice(from, from + IDS_AT_ONCE));
  const rows = (await Promise.all(batches.map(read))).flat();
  for (const [id, samples] of groupById(rows)) use.set(id, summarize(samples));
  return use;
}

function readerFor(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  options: { at?: number },
): Reader | null {
  const window = serverWindow(settings, exporters);
  /** For exporters that put the id on every series. */
  const labelled =
    (
      usual: string,
      query: (settings: MetricSettings, label: string, ids: string[], window: number) => string,
    ): Reader =>
    async (ids) => {
      const label = settings.serverLabel ?? usual;
      const samples = await prometheus.query(query(settings, label, ids, window), options);
      return samples.map((sample) => ({ id: sample.labels[label] ?? '', sample }));
    };
  /** For exporters that know only the domain there, and say in another metric which VM it is. */
  const throughDomains =
    (metric: string, usual: string): Reader =>
    async (ids) => {
      const label = settings.serverLabel ?? usual;
      const infos = await prometheus.query(QUERIES.domains(settings, metric, label, ids), options);
      // Domain names repeat between cells: a domain is one only together with the target that reports it.
      const idOf = new Map(infos.map(({ labels }) => [placeOf(labels), labels[label] ?? '']));
      if (idOf.size === 0) return [];
      const pick = (name: string) => [...new Set(infos.map(({ labels }) => labels[name] ?? ''))];
      const samples = await prometheus.query(
        QUERIES.domainUse(settings, pick('instance'), pick('domain'), window),
        options,
      );
      return samples.flatMap((sample) => {
        const id = idOf.get(placeOf(sample.labels));
        return id === undefined ? [] : [{ id, sample }];
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

const placeOf = ({ job, instance, domain }: Record<string, string>) => JSON.stringify([job, instance, domain]);

function groupById(rows: { id: string; sample: Sample }[]): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const { id, sample } of rows) {
    const group = groups.get(id);
    if (group) group.push(sample);
    else groups.set(id, [sample]);
  }
  return groups;
}

/**
 * One VM's use from the rows of all places that report it. After a migration the old place's rate fades while the new one's
 * grows, both over the same window: their sum is the mean over it. While two places report the VM at once, as during a live
 * migration, the busier one is the VM; it is never counted twice.
 */
function summarize(samples: Sample[]): ServerUse {
  const rows = (measure: string) => samples.filter(({ labels }) => labels.m === measure);
  const alive = new Set(rows('alive').map(({ labels }) => targetOf(labels)));
  const rates = rows('cores').filter(({ value }) => value !== null);
  const values = (list: Sample[]) => list.map(({ value }) => value ?? 0);
  const cores =
    alive.size > 1
      ? Math.max(...values(rates.filter(({ labels }) => alive.has(targetOf(labels)))), 0)
      : values(rates).reduce((sum, value) => sum + value, 0);
  return { cores: alive.size === 0 || rates.length === 0 ? null : cores, memoryBytes: memoryOf(rows) };
}

const targetOf = ({ job, instance, host }: Record<string, string>) => JSON.stringify([job, instance, host]);

/** What the guest can't give back: available - usable. Guests without a balloon report nothing, 0 or NaN: unknown. */
function memoryOf(rows: (measure: string) => Sample[]): number | null {
  const used = rows('mem_used').find(({ value }) => value !== null);
  if (used) return used.value;
  const candidates = rows('mem_available').flatMap(({ labels, value: available }) => {
    const usable = rows('mem_usable').find((other) => targetOf(other.labels) === targetOf(labels))?.value;
    return available && usable !== undefined && usable !== null ? [available - usable] : [];
  });
  return candidates.length === 0 ? null : Math.max(...candidates);
}
