import { SourceError } from '../errors';
import { yieldIfDue } from '../yield';
import type { Prometheus, QueryOptions } from './client';
import { atTime, union, withLabel } from './promql';
import type { Sample } from './records';

/** Label that marks which query of a batch a row belongs to. */
const PART = 'visio_part';

/** Queries that arrive within this time are batched. */
const WAIT_MS = 10;
/** Rows to sort before yielding to the event loop. */
const ROWS = 500;
/** Maximum weight of a batch. */
const MAX_WEIGHT = 80;

type Waiting = {
  expression: string;
  options: QueryOptions;
  resolve: (samples: Sample[]) => void;
  reject: (error: unknown) => void;
};

/**
 * Sends instant queries that arrive together as one union, so that a refresh takes one request. Queries are sent separately
 * if they have to fit into an address, and again separately if the union fails, so that each gets its own error.
 */
export function openBatching(prometheus: Prometheus): Prometheus {
  let waiting: Waiting[] = [];
  let maxWeight = MAX_WEIGHT;

  async function flush(): Promise<void> {
    const all = waiting;
    waiting = [];
    await Promise.all(splitByWeight(all, maxWeight).map(queryTogether));
  }

  async function queryTogether(parts: Waiting[]): Promise<void> {
    const [only] = parts;
    if (parts.length === 1 && only) return queryAlone(only);
    try {
      const samples = await prometheus.query(
        union(...parts.map(({ expression, options: { at } }, i) => withLabel(PART, String(i), atTime(expression, at)))),
      );
      const results: Sample[][] = parts.map(() => []);
      for (const [position, { labels, value, at }] of samples.entries()) {
        if (position % ROWS === 0) await yieldIfDue();
        const { [PART]: part, ...own } = labels;
        results[Number(part)]?.push({ labels: own, value, at });
      }
      for (const [i, { resolve }] of parts.entries()) resolve(results[i] ?? []);
    } catch (error) {
      const mayWorkAlone =
        error instanceof SourceError && ['query', 'timeout', 'too-large', 'http'].includes(error.kind);
      // After a timeout, later batches are smaller.
      if (mayWorkAlone && error.kind === 'timeout') maxWeight = Math.max(1, maxWeight / 2);
      if (mayWorkAlone) await Promise.all(parts.map(queryAlone));
      else for (const { reject } of parts) reject(error);
    }
  }

  const queryAlone = ({ expression, options, resolve, reject }: Waiting) =>
    prometheus.query(expression, options).then(resolve, reject);

  return {
    ...prometheus,
    takesLongLists: prometheus.takesLongQueries,
    query(expression, options = {}) {
      if (!prometheus.takesLongQueries()) return prometheus.query(expression, options);
      return new Promise((resolve, reject) => {
        waiting.push({ expression, options, resolve, reject });
        if (waiting.length === 1) setTimeout(() => void flush(), WAIT_MS);
      });
    },
  };
}

function splitByWeight(all: Waiting[], maxWeight: number): Waiting[][] {
  const batches: Waiting[][] = [];
  let weight = maxWeight;
  for (const query of all) {
    const own = query.options.weight ?? 1;
    if (batches.length === 0 || weight + own > maxWeight) {
      batches.push([]);
      weight = 0;
    }
    weight += own;
    batches.at(-1)?.push(query);
  }
  return batches;
}
