import { openYield } from '../yield';
import { atLeastNone } from './answer';
import type { Prometheus, QueryOptions } from './client';
import { fitsAddress } from './promql';
import { QUERIES } from './queries';
import type { ExporterSet, NodeTarget, Sample } from './records';
import { lookback, type MetricSettings, nodeWindow } from './settings';

/**
 * What each node_exporter target says of its machine, now or at a time in the past. Targets that no longer report are left
 * out, although their rates live on for a window. Compute hosts and other machines are not told apart here, and a machine
 * that two targets speak for is here twice.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodeTargets(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  options: QueryOptions = {},
): Promise<NodeTarget[]> {
  if (exporters.hosts === null) return [];
  if (exporters.hosts === 'recording-rules') {
    return (await groupTargets(await prometheus.query(QUERIES.recordedNode(settings), options))).map(
      fromRecordingRules,
    );
  }
  const query = QUERIES.node(settings, nodeWindow(settings, exporters), lookback(exporters.nodeIntervalSeconds));
  const targets = (await groupTargets(await prometheus.query(query, options))).filter(({ measures }) =>
    measures.has('mem_total'),
  );
  const young = targets.filter(({ measures }) => !measures.has('old') && measures.has('idle'));
  const shares = await idleShares(young, prometheus, settings, exporters, options);
  for (const { key, measures } of young) measures.set('idle', shares.get(key) ?? null);
  return targets.map(({ labels, nodename, measures }) => ({
    labels,
    nodename,
    cpus: asCount(measures.get('cpus')),
    idleShare: asShare(measures.get('idle')),
    memoryTotalBytes: atLeastNone(measures.get('mem_total')),
    memoryAvailableBytes: atLeastNone(measures.get('mem_avail')),
    hugepagesFreeBytes: atLeastNone(measures.get('huge_free')),
  }));
}

/** Idle shares of targets that were not there a window ago; by their key. */
async function idleShares(
  young: Group[],
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  options: QueryOptions,
): Promise<Map<string, number | null>> {
  if (young.length === 0) return new Map();
  const window = nodeWindow(settings, exporters);
  const instances = [...new Set(young.map(({ labels }) => labels.instance ?? ''))];
  const some = QUERIES.youngNode(settings, window, instances);
  // After a restart of Prometheus all are young; then their names are too many for an address, and not needed.
  const query = fitsAddress(some) ? some : QUERIES.youngNode(settings, window, []);
  const groups = await groupTargets(await prometheus.query(query, options));
  return new Map(groups.map(({ key, measures }) => [key, measures.get('idle') ?? null]));
}

/** Rules give shares, and no sizes of memory: RAM in bytes stays unknown. */
function fromRecordingRules({ labels, nodename, measures }: Group): NodeTarget {
  const busy = measures.get('busy') ?? null;
  return {
    labels,
    nodename,
    cpus: asCount(measures.get('cpus')),
    idleShare: busy === null ? null : asShare(1 - busy),
    memoryTotalBytes: null,
    memoryAvailableBytes: null,
    hugepagesFreeBytes: null,
  };
}

type Group = {
  key: string;
  labels: Record<string, string>;
  nodename: string | null;
  measures: Map<string, number | null>;
};

/** Rows of one target together, whatever measure they carry. */
async function groupTargets(samples: Sample[]): Promise<Group[]> {
  const groups = new Map<string, Group>();
  const yieldIfDue = openYield();
  for (const [position, { labels: all, value }] of samples.entries()) {
    if (position % 200 === 0) await yieldIfDue();
    const { m: measure = '', nodename, ...labels } = all;
    const key = JSON.stringify(Object.entries(labels).sort());
    const group = groups.get(key) ?? { key, labels, nodename: null, measures: new Map() };
    groups.set(key, group);
    if (measure === 'uname') group.nodename = nodename ?? null;
    else group.measures.set(measure, value);
  }
  return [...groups.values()];
}

/** CPUs are whole, and no machine runs without. */
const asCount = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isInteger(value) && value > 0 ? value : null;

const asShare = (value: number | null | undefined): number | null =>
  value === undefined || value === null ? null : Math.min(1, Math.max(0, value));
