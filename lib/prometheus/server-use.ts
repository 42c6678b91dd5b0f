import { groupBy } from '@/lib/group-by';
import { MIB } from '../units';
import { yieldIfDue } from '../yield';
import { readAllServers } from './all-servers';
import type { QueryOptions } from './client';
import { isReplicaLabel, labelKey } from './labels';
import type { Metrics } from './metrics';
import { inBatches, oneOf } from './promql';
import type { Sample, ServerSource, ServerUse } from './records';
import { combineUse, isNewborn, type PlaceRow } from './server-places';
import { hasIds, SERVER_QUERIES, type UseWindows } from './server-queries';
import { lookback, serverWindow } from './settings';

/**
 * CPU and RAM usage of VMs, in cores and bytes, now or at a time in the past. Each VM is read from the most accurate source
 * that has it. VMs that no exporter reports are absent. RAM is what the guest can't release (available - usable); null if its
 * balloon driver does not report it.
 *
 * @throws SourceError of Prometheus
 */
export async function listServerUse(
  metrics: Metrics,
  serverIds: string[],
  options: QueryOptions = {},
): Promise<Map<string, ServerUse>> {
  const ids = [...new Set(serverIds)];
  const sources = ids.length === 0 ? [] : metrics.exporters.servers;
  const found = await Promise.all(sources.map((source) => readSource(metrics, source, { ids, options })));
  const use = new Map<string, ServerUse>();
  for (const [position, id] of ids.entries()) {
    if (position % 500 === 0) await yieldIfDue();
    const known = found.map((own) => own.get(id)).filter((own) => own !== undefined);
    const best = known.find(({ cores }) => cores !== null) ?? known[0];
    if (!best) continue;
    const memory = [best, ...known].find(({ memoryBytes }) => memoryBytes !== null);
    use.set(id, { cores: best.cores, memoryBytes: memory?.memoryBytes ?? null });
  }
  return use;
}

/** VMs of four rows each that weigh as much as a query with a few hundred rows. */
const PER_WEIGHT = 30;
/** Ids per query when queries are sent in a request body. */
const PART_SIZE = 500;

/** So many ids are cheaper to pick from the use of all VMs; where queries are addresses, which hold 70 ids, even fewer. */
const MANY = { inBody: 2_000, inAddress: 500 };

const inParts = <T>(items: T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / PART_SIZE) }, (_, i) =>
    items.slice(i * PART_SIZE, (i + 1) * PART_SIZE),
  );

type Wanted = { ids: string[]; options: QueryOptions };
type FoundRow = { id: string; row: PlaceRow };

function windowsFor(metrics: Metrics, { source }: ServerSource): UseWindows {
  const { serverIntervalSeconds, nodeIntervalSeconds } = metrics.exporters;
  return { mean: serverWindow(metrics, source), lookback: lookback(serverIntervalSeconds ?? nodeIntervalSeconds) };
}

async function readSource(metrics: Metrics, source: ServerSource, wanted: Wanted): Promise<Map<string, ServerUse>> {
  const { ids, options } = wanted;
  const many = metrics.prometheus.takesLongLists?.() ? MANY.inBody : MANY.inAddress;
  const windows = windowsFor(metrics, source);
  const all = ids.length > many ? await readAllServers(metrics, source, { ids: new Set(ids), options, windows }) : null;
  if (all === null) return readOneByOne(metrics, source, wanted);
  const odd = all.odd.size === 0 ? [] : await readOneByOne(metrics, source, { ids: [...all.odd], options });
  return new Map([...all.use, ...odd]);
}

async function readOneByOne(
  metrics: Metrics,
  source: ServerSource,
  { ids, options }: Wanted,
): Promise<Map<string, ServerUse>> {
  const { prometheus, settings, exporters } = metrics;
  const asked = { settings, source: source.source, windows: windowsFor(metrics, source) };
  /** Runs one query per part of the list and returns all rows. */
  async function queryAll<T>(items: T[], toQuery: (part: T[]) => string): Promise<Sample[]> {
    const parts = prometheus.takesLongLists?.() ? inParts(items) : inBatches(items, toQuery);
    const query = (part: T[]) => prometheus.query(toQuery(part), { ...options, weight: part.length / PER_WEIGHT });
    return (await Promise.all(parts.map(query))).flat();
  }
  const { rows, readLife } = await (hasIds(source.source) ? byLabel() : byDomain());
  const groups = groupBy(rows, ({ id }) => id);
  const newborn = [...groups].filter(([, own]) => isNewborn(own.map(({ row }) => row))).map(([id]) => id);
  for (const found of newborn.length === 0 ? [] : await readLife(newborn)) groups.get(found.id)?.push(found);
  const use = new Map<string, ServerUse>();
  for (const [id, own] of groups) {
    const combined = combineUse(own.map(({ row }) => row));
    if (combined) use.set(id, combined);
  }
  return use;

  type Found = { rows: FoundRow[]; readLife: (ids: string[]) => Promise<FoundRow[]> };

  async function toRows(samples: Sample[], idOf: (labels: Record<string, string>) => string | undefined) {
    const rows: FoundRow[] = [];
    for (const [position, sample] of samples.entries()) {
      if (position % 200 === 0) await yieldIfDue();
      const id = idOf(sample.labels);
      if (id !== undefined) rows.push({ id, row: toRow(sample, exporters.identity.replicas) });
    }
    return rows;
  }

  /** For exporters that put the id on every series. */
  async function byLabel(): Promise<Found> {
    const idOf = (labels: Record<string, string>) => labels[source.label];
    const rows = await queryAll(ids, (part) => SERVER_QUERIES.use(asked, oneOf(source.label, part)));
    return {
      rows: await toRows(rows, idOf),
      readLife: async (young) =>
        toRows(await queryAll(young, (part) => SERVER_QUERIES.life(asked, oneOf(source.label, part))), idOf),
    };
  }

  /** For exporters that only have the domain on each series and map domains to VMs in another metric. */
  async function byDomain(): Promise<Found> {
    const infos = await queryAll(ids, (part) => SERVER_QUERIES.domains(asked, source.label, part));
    const idOf = openDomains(infos, source.label);
    // Matches every instance with every domain, so batches overlap and have rows of other VMs.
    const matchers = (part: Sample[]) =>
      ['instance', 'domain'].map((name) => oneOf(name, [...new Set(part.map(({ labels }) => labels[name] ?? ''))]));
    const rows = await queryAll(infos, (part) => SERVER_QUERIES.use(asked, ...matchers(part)));
    return {
      rows: await toRows(rows, idOf),
      async readLife(young) {
        const own = infos.filter(({ labels }) => young.includes(labels[source.label] ?? ''));
        return toRows(await queryAll(own, (part) => SERVER_QUERIES.life(asked, ...matchers(part))), idOf);
      },
    };
  }
}

/**
 * Finds the VM of a domain by all labels that the domain's series share with the metric that names VMs: names of domains repeat
 * between cells, and targets may agree in job and instance. undefined if there is none, or if it is not certain.
 */
function openDomains(infos: Sample[], label: string): (labels: Record<string, string>) => string | undefined {
  const common = new Set(
    infos.flatMap(({ labels }) => Object.keys(labels)).filter((name) => name !== 'm' && name !== '__name__'),
  );
  const indexes = new Map<string, Map<string, string | null>>();
  const indexBy = (names: string[]) => {
    const known = indexes.get(names.join());
    if (known) return known;
    const index = new Map<string, string | null>();
    for (const { labels } of infos) {
      const key = keyOf(labels, names);
      const [id = '', other] = [labels[label], index.get(key)];
      index.set(key, other === undefined || other === id ? id : null);
    }
    indexes.set(names.join(), index);
    return index;
  };
  const keyOf = (labels: Record<string, string>, names: string[]) => JSON.stringify(names.map((name) => labels[name]));
  return (labels) => {
    const names = Object.keys(labels).filter((name) => common.has(name));
    return indexBy(names.sort()).get(keyOf(labels, names)) ?? undefined;
  };
}

/** Rows of `now` are distinguished by their metric. Ceilometer reports memory in MiB. */
function toRow({ labels: all, value }: Sample, replicas: string[]): PlaceRow {
  const { m = '', __name__: name = '', ...labels } = all;
  const marks = Object.keys(labels).filter((label) => isReplicaLabel(label) || replicas.includes(label));
  const series = labelKey(labels);
  const place =
    marks.length === 0
      ? series
      : labelKey(Object.fromEntries(Object.entries(labels).filter(([label]) => !marks.includes(label))));
  const { job, instance, host, vm_instance } = labels;
  const row = { place, series, target: JSON.stringify([job, instance, host, vm_instance]), value };
  if (m !== 'now') return { ...row, measure: m };
  if (name.endsWith('_available_bytes')) return { ...row, measure: 'available' };
  if (name.endsWith('_usable_bytes')) return { ...row, measure: 'usable' };
  if (name === 'ceilometer_memory_usage')
    return { ...row, measure: 'used', value: value === null ? null : value * MIB };
  return { ...row, measure: 'alive' };
}
