import { SourceError } from '../errors';
import { openYield } from '../yield';
import type { Prometheus, QueryOptions } from './client';
import { atTime, together, withLabel } from './promql';
import type { Sample } from './records';

/** Tells the parts of a question apart in its answer. */
const PART = 'visio_part';

/** Questions that come within this time are asked together; ms. */
const WAIT_MS = 10;
/** So many rows are told apart between two chances for others. */
const ROWS = 500;
/** In one question not more than this weight. */
const MOST = 80;

type Waiting = {
  expression: string;
  options: QueryOptions;
  resolve: (samples: Sample[]) => void;
  reject: (error: unknown) => void;
};

/**
 * Asks instant queries that come at the same time as one, each a part of a union: what a refresh needs is one request. Where
 * questions travel in an address they are too long for that and go singly, as they do when a union fails: then each tells
 * for itself what is wrong with it.
 */
export function openBatching(prometheus: Prometheus): Prometheus {
  let waiting: Waiting[] = [];
  let most = MOST;

  async function flush(): Promise<void> {
    const all = waiting;
    waiting = [];
    await Promise.all(inWeights(all, most).map(askTogether));
  }

  async function askTogether(parts: Waiting[]): Promise<void> {
    const [only] = parts;
    if (parts.length === 1 && only) return askAlone(only);
    try {
      const samples = await prometheus.query(
        together(
          ...parts.map(({ expression, options: { at } }, i) => withLabel(PART, String(i), atTime(expression, at))),
        ),
      );
      const answers: Sample[][] = parts.map(() => []);
      const yieldIfDue = openYield();
      for (const [position, { labels, value, at }] of samples.entries()) {
        if (position % ROWS === 0) await yieldIfDue();
        const { [PART]: part, ...own } = labels;
        answers[Number(part)]?.push({ labels: own, value, at });
      }
      for (const [i, { resolve }] of parts.entries()) resolve(answers[i] ?? []);
    } catch (error) {
      const isQuestion = error instanceof SourceError && ['query', 'timeout', 'too-large', 'http'].includes(error.kind);
      // One that took too long together is asked in smaller parts from now on.
      if (isQuestion && error.kind === 'timeout') most = Math.max(1, most / 2);
      if (isQuestion) await Promise.all(parts.map(askAlone));
      else for (const { reject } of parts) reject(error);
    }
  }

  const askAlone = ({ expression, options, resolve, reject }: Waiting) =>
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

function inWeights(all: Waiting[], most: number): Waiting[][] {
  const batches: Waiting[][] = [];
  let weight = most;
  for (const one of all) {
    const own = one.options.weight ?? 1;
    if (batches.length === 0 || weight + own > most) {
      batches.push([]);
      weight = 0;
    }
    weight += own;
    batches.at(-1)?.push(one);
  }
  return batches;
}
