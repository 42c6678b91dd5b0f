import { openYield } from '../yield';
import { nonNegative } from './answer';
import type { QueryOptions } from './client';
import type { Metrics } from './metrics';
import { fitsAddress } from './promql';
import { QUERIES } from './queries';
import type { NodeTarget, Sample } from './records';
import { lookback, nodeWindow } from './settings';

/**
 * What each node_exporter target reports about its machine, now or at a time in the past. Targets that have stopped are left
 * out, although their rates continue for one window. The list includes machines other than compute hosts, and machines with
 * two targets twice.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodeTargets(
  { prometheus, settings, exporters }: Metrics,
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
  const shares = await idleShares(young, { prometheus, settings, exporters }, options);
  for (const { key, measures } of young) measures.set('idle', shares.get(key) ?? null);
  return targets.map(({ labels, nodename, measures }) => ({
    labels,
    nodename,
    cpus: asCount(measures.get('cpus')),
    idleShare: asShare(measures.get('idle')),
    memoryTotalBytes: nonNegative(measures.get('mem_total')),
    memoryAvailableBytes: nonNegative(measures.get('mem_avail')),
    hugepagesFreeBytes: nonNegative(measures.get('huge_free')),
  }));
}

/** Idle shares of targets that did not exist one window ago, by target key. */
async function idleShares(
  young: Group[],
  { prometheus, settings, exporters }: Metrics,
  options: QueryOptions,
): Promise<Map<string, number | null>> {
  if (young.length === 0) return new Map();
  const window = nodeWindow(settings, exporters);
  const instances = [...new Set(young.map(({ labels }) => labels.instance ?? ''))];
  const some = QUERIES.youngNode(settings, window, instances);
  // After a restart of Prometheus all targets are young; then the list is too long for an address, and not needed.
  const query = fitsAddress(some) ? some : QUERIES.youngNode(settings, window, []);
  const groups = await groupTargets(await prometheus.query(query, options));
  return new Map(groups.map(({ key, measures }) => [key, measures.get('idle') ?? null]));
}

/** The rules have no memory sizes, so RAM stays unknown. */
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

/** Groups rows by target. */
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

/** A positive whole number, or null. */
const asCount = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isInteger(value) && value > 0 ? value : null;

const asShare = (value: number | null | undefined): number | null =>
  value === undefined || value === null ? null : Math.min(1, Math.max(0, value));
