import { SourceError } from '../errors';
import { yieldIfDue } from '../yield';
import { nonNegative } from './answer';
import type { QueryOptions } from './client';
import type { Metrics } from './metrics';
import { joinParts, matchingDigits, union } from './promql';
import type { Sample, ServerSource, ServerUse } from './records';
import { hasIds, type IdPlace, SERVER_QUERIES, type UseWindows } from './server-queries';

/**
 * The usage of VMs where so many are wanted that all are asked for: answers are short, and queries have no ids in them. Those
 * that were started or have moved within the window are only named here, since their use is the sum of several parts.
 */

/** Usage by VM, and VMs that have to be read one by one. VMs that nobody reports are in neither. */
export type AllUse = { use: Map<string, ServerUse>; odd: Set<string> };

type Wanted = { ids: Set<string>; options: QueryOptions; windows: UseWindows };

/** VMs in one answer: two rows each, about 1.5 MB together, which take 10 ms to parse. */
const SERVERS_PER_ANSWER = 6_400;
/** Of a query that should have a request of its own. */
const WEIGHT = 80;

/** @throws SourceError of Prometheus; null if it can't join the metrics of this source */
export async function readAllServers(
  metrics: Metrics,
  { source, label, known }: ServerSource,
  { ids, options, windows }: Wanted,
): Promise<AllUse | null> {
  const { prometheus, settings } = metrics;
  const asked = { settings, source, windows };
  const ask = (query: string, weight: number) => prometheus.query(query, { ...options, weight });
  const extra = hasIds(source) ? null : extraLabels(await ask(SERVER_QUERIES.samples(asked, label), 1));
  const place: IdPlace = { label, extra };
  const parts = partsOf(known).map((digits) =>
    extra === null ? matchingDigits(label, { first: digits }) : matchingDigits('domain', { last: digits }),
  );
  const queries = parts.flatMap((part) => {
    const all = SERVER_QUERIES.all(asked, place, ...part);
    return prometheus.takesLongQueries() ? [union(...all)] : joinParts(all);
  });
  const weight = Math.min(WEIGHT, Math.ceil((WEIGHT * known) / parts.length / SERVERS_PER_ANSWER));
  const found: AllUse = { use: new Map(), odd: new Set() };
  try {
    // One after the other: each answer takes the event loop 10 ms to parse.
    for (const query of queries) await collect(await ask(query, weight), { label, ids }, found);
    for (const id of found.odd) found.use.delete(id);
    return found;
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'query') return null;
    throw error;
  }
}

/** Labels of the metric that names VMs which its counters don't have. */
function extraLabels(samples: Sample[]): string[] {
  const labelsOf = (measure: string) =>
    Object.keys(samples.find(({ labels }) => labels.m === measure)?.labels ?? {}).filter((name) => name !== '__name__');
  const shared = labelsOf('counter');
  return labelsOf('info').filter((name) => !shared.includes(name));
}

const DIGITS = '0123456789abcdef';

/** Hexadecimal digits that split VMs into parts of the right size, as their ids are random. */
function partsOf(known: number): string[] {
  const parts = [1, 2, 4, 8, 16].find((count) => known / count <= SERVERS_PER_ANSWER) ?? DIGITS.length;
  const size = DIGITS.length / parts;
  return Array.from({ length: parts }, (_, i) => DIGITS.slice(i * size, (i + 1) * size));
}

/** Adds the rows of VMs that are wanted. */
async function collect(
  samples: Sample[],
  { label, ids }: { label: string; ids: Set<string> },
  { use, odd }: AllUse,
): Promise<void> {
  for (const [position, { labels, value }] of samples.entries()) {
    if (position % 500 === 0) await yieldIfDue();
    const id = labels[label];
    if (id === undefined || !ids.has(id)) continue;
    const own = use.get(id) ?? { cores: null, memoryBytes: null };
    if (labels.m === 'odd') odd.add(id);
    else use.set(id, labels.m === 'cores' ? { ...own, cores: nonNegative(value) } : { ...own, memoryBytes: value });
  }
}
