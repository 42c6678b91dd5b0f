import type { Prometheus } from './client';
import { QUERIES } from './queries';
import type { ExporterSet, NodeTarget, Sample } from './records';
import { type MetricSettings, nodeWindow } from './settings';

/** So many young targets are asked about at once; their names have to fit into an address. */
const YOUNG_AT_ONCE = 50;

/**
 * What each node_exporter target says of its machine, now or at a time in the past. Targets that no longer report are left
 * out, although their rates live on for a window. Compute hosts and other machines are not told apart here.
 *
 * @throws SourceError of Prometheus
 */
export async function listNodeTargets(
  prometheus: Prometheus,
  settings: MetricSettings,
  exporters: ExporterSet,
  options: { at?: number } = {},
): Promise<NodeTarget[]> {
  if (exporters.hosts === null) return [];
  if (exporters.hosts === 'recording-rules') {
    return groupTargets(await prometheus.query(QUERIES.recordedNode(settings), options)).map(fromRecordingRules);
  }
  const window = nodeWindow(settings, exporters);
  const groups = groupTargets(await prometheus.query(QUERIES.node(settings, window), options));
  const reporting = groups.filter(({ measures }) => measures.has('mem_total'));
  const young = reporting.filter(({ measures }) => !measures.has('old') && measures.has('idle'));
  const corrected = new Map<string, number | null>();
  for (let from = 0; from < young.length; from += YOUNG_AT_ONCE) {
    const instances = young.slice(from, from + YOUNG_AT_ONCE).map(({ labels }) => labels.instance ?? '');
    const rows = groupTargets(await prometheus.query(QUERIES.youngNode(settings, window, instances), options));
    for (const { key, measures } of rows) corrected.set(key, measures.get('idle') ?? null);
  }
  return reporting.map(({ key, labels, nodename, measures }) => ({
    labels,
    nodename,
    cpus: measures.get('cpus') ?? null,
    idleShare: share(corrected.has(key) ? corrected.get(key) : measures.get('idle')),
    memoryTotalBytes: measures.get('mem_total') ?? null,
    memoryAvailableBytes: measures.get('mem_avail') ?? null,
    hugepagesFreeBytes: measures.get('huge_free') ?? null,
  }));
}

/** Rules give shares, and no sizes of memory: RAM in bytes stays unknown. */
function fromRecordingRules({ labels, nodename, measures }: Group): NodeTarget {
  const busy = measures.get('busy');
  return {
    labels,
    nodename,
    cpus: measures.get('cpus') ?? null,
    idleShare: busy === undefined || busy === null ? null : share(1 - busy),
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
function groupTargets(samples: Sample[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { labels: all, value } of samples) {
    const { m: measure = '', nodename, ...labels } = all;
    const key = JSON.stringify(Object.entries(labels).sort());
    const group = groups.get(key) ?? { key, labels, nodename: null, measures: new Map() };
    groups.set(key, group);
    if (measure === 'uname') group.nodename = nodename ?? null;
    else group.measures.set(measure, value);
  }
  return [...groups.values()];
}

function share(value: number | null | undefined): number | null {
  return value === undefined || value === null ? null : Math.min(1, Math.max(0, value));
}
