import { groupBy } from '@/lib/group-by';
import { yieldIfDue } from '../yield';
import { nonNegative } from './answer';
import type { QueryOptions } from './client';
import { labelKey, narrowest } from './labels';
import type { Metrics } from './metrics';
import { identityLabels, NODE_QUERIES } from './node-queries';
import { fitsAddress, joinParts } from './promql';
import type { CpuGap, NodeTarget, Sample } from './records';
import { learnTwins } from './twins';

/**
 * What each node_exporter target reports about its machine, now or at a time in the past. Copies of a target count once.
 * Targets that have stopped are left out, although their rates continue for one window. The list includes machines other than
 * compute hosts, and machines with two targets twice.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodeTargets(metrics: Metrics, options: QueryOptions = {}): Promise<NodeTarget[]> {
  if (metrics.exporters.hosts === null) return [];
  const groups = await readGroups(metrics, options);
  if (!groups.some(isMixed)) return toTargets(groups, metrics, options);
  // Machines or copies that were not there when the labels were learned, or that are not there any more.
  const identity = await learnTwins(metrics, options);
  const then = { ...metrics, exporters: { ...metrics.exporters, identity } };
  return toTargets(await readGroups(then, options), then, options);
}

async function readGroups(metrics: Metrics, options: QueryOptions): Promise<Group[]> {
  const queries =
    metrics.exporters.hosts === 'recording-rules'
      ? [NODE_QUERIES.recordedNode(metrics)]
      : joinParts([NODE_QUERIES.node(metrics), NODE_QUERIES.oddities(metrics)]);
  const samples = await Promise.all(queries.map((query) => metrics.prometheus.query(query, options)));
  return groupTargets(samples.flat(), identityLabels(metrics));
}

async function toTargets(groups: Group[], metrics: Metrics, options: QueryOptions): Promise<NodeTarget[]> {
  if (metrics.exporters.hosts === 'recording-rules') return groups.map(fromRecordingRules);
  const alive = groups.filter(({ measures }) => ['mem_total', 'cpus', 'lacking'].some((name) => measures.has(name)));
  const shares = await oddShares(alive.filter(isOdd), metrics, options);
  return alive.map((group) => {
    const { key, labels, nodename, measures } = group;
    const idle = isOdd(group) ? shares.get(key) : measures.get('idle');
    const isKnown = !isMixed(group) && measures.has('cpus') && !measures.has('lacking');
    const idleShare = isKnown ? asShare(idle) : null;
    const known = (measure: string) => (isMixed(group) ? null : nonNegative(measures.get(measure)));
    const bootedAt = known('boot');
    return {
      labels,
      nodename,
      bootedAt: bootedAt === null ? null : bootedAt * 1000,
      cpus: asCount(known('cpus')),
      idleShare,
      cpuGap: idleShare === null ? gapOf(group) : null,
      memoryTotalBytes: known('mem_total'),
      memoryAvailableBytes: known('mem_avail'),
      hugepagesFreeBytes: known('huge_free'),
    };
  });
}

const isMixed = ({ measures }: Group): boolean => measures.has('twins');

/** Whether its idle rate is not that of a whole window. */
const isOdd = ({ measures }: Group): boolean => measures.has('young') || measures.has('restarted');

function gapOf({ measures }: Group): CpuGap {
  if (measures.has('twins')) return 'several-machines';
  if (measures.has('lacking')) return 'no-idle-mode';
  if (!measures.has('cpus')) return 'no-cpu-metrics';
  return measures.has('restarted') ? 'restarted' : 'too-young';
}

/** Idle shares of young and restarted targets, by target key. */
async function oddShares(
  odd: Group[],
  metrics: Metrics,
  options: QueryOptions,
): Promise<Map<string, number | null | undefined>> {
  if (odd.length === 0) return new Map();
  const names = identityLabels(metrics);
  const some = NODE_QUERIES.odd(
    metrics,
    narrowest(
      odd.map(({ labels }) => labels),
      names,
    ),
  );
  // After a restart of Prometheus all targets are young; then the list is too long for an address, and not needed.
  const query = fitsAddress(some) ? some : NODE_QUERIES.odd(metrics, '');
  const groups = await groupTargets(await metrics.prometheus.query(query, options), names);
  return new Map(groups.map(({ key, measures }) => [key, measures.get('whole') ?? measures.get('slope')]));
}

/** The rules have no memory sizes, so RAM stays unknown. */
function fromRecordingRules(group: Group): NodeTarget {
  const { labels, nodename, measures } = group;
  const busy = isMixed(group) ? null : (measures.get('busy') ?? null);
  const idleShare = busy === null ? null : asShare(1 - busy);
  return {
    labels,
    nodename,
    bootedAt: null,
    cpus: isMixed(group) ? null : asCount(measures.get('cpus')),
    idleShare,
    cpuGap: idleShare === null ? (isMixed(group) ? 'several-machines' : 'too-young') : null,
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

/** Groups rows by target. @param names labels that identify a target */
async function groupTargets(samples: Sample[], names: string[]): Promise<Group[]> {
  const groups = new Map<string, Group>();
  for (const [position, { labels: all, value }] of samples.entries()) {
    if (position % 200 === 0) await yieldIfDue();
    const labels = Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    const measure = all.m ?? '';
    const key = labelKey(labels);
    const group = groups.get(key) ?? { key, labels, nodename: null, measures: new Map() };
    groups.set(key, group);
    if (measure === 'uname') group.nodename = all.nodename ?? null;
    else group.measures.set(measure, value);
  }
  return withNodenames([...groups.values()]);
}

/** Some relabel only node_uname_info. Then its nodename belongs to the one target with the same job and instance. */
function withNodenames(groups: Group[]): Group[] {
  const strays = groups.filter(({ nodename, measures }) => nodename !== null && measures.size === 0);
  if (strays.length === 0) return groups;
  const keyOf = ({ labels }: Group) => labelKey({ job: labels.job ?? '', instance: labels.instance ?? '' });
  const named = groupBy(strays, keyOf);
  const others = groups.filter((group) => !strays.includes(group));
  const owners = groupBy(others, keyOf);
  return others.map((group) => {
    const [[stray, another] = [], own = []] = [named.get(keyOf(group)), owners.get(keyOf(group))];
    const isCertain = group.nodename === null && own.length === 1 && another === undefined;
    return isCertain && stray ? { ...group, nodename: stray.nodename } : group;
  });
}

/** A positive whole number, or null. */
const asCount = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isInteger(value) && value > 0 ? value : null;

const asShare = (value: number | null | undefined): number | null =>
  value === undefined || value === null ? null : Math.min(1, Math.max(0, value));
