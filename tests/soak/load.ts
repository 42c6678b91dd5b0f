import type { FaultPlan } from './fault-plan';

/** A steady load of pages and data, each answer checked against what is broken at the moment. */
export type Load = {
  start(): void;
  stop(): Promise<void>;
  answers: Map<number, number>;
  /** Longest answer, ms. */
  slowest: number;
  took: number[];
  /** Bytes of the heap in use, each time the metrics were asked for. */
  heap: number[];
  wrong: string[];
};

const PATHS = [
  '/api/stats/',
  '/api/audits/',
  '/api/source-status/',
  '/api/v1/overview/',
  '/api/v1/hosts/?limit=50',
  '/api/v1/audits/?limit=20',
  '/api/v1/sources/',
  '/api/metrics/',
  '/',
  '/hosts/',
];
const INSIDE =
  /gAAAA|Traceback|node_modules|\bat \S+ \(|\.tsx?:\d|127\.0\.0\.1:\d+\/(identity|compute|placement|infra-optim|prometheus)/;
const LONGEST_MS = 15_000;

export function openLoad(url: string, perSecond: number, plan: FaultPlan): Load {
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let count = 0;
  const load: Load = {
    answers: new Map(),
    slowest: 0,
    took: [],
    heap: [],
    wrong: [],
    start() {
      timer = setInterval(() => {
        const one = ask(PATHS[count++ % PATHS.length] ?? '/').finally(() => underWay.delete(one));
        underWay.add(one);
      }, 1_000 / perSecond);
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };

  async function ask(path: string): Promise<void> {
    const started = performance.now();
    const excusedBefore = plan.excused();
    try {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(30_000) });
      const text = await response.text();
      const ms = performance.now() - started;
      load.took.push(ms);
      load.slowest = Math.max(load.slowest, ms);
      load.answers.set(response.status, (load.answers.get(response.status) ?? 0) + 1);
      if (ms > LONGEST_MS) load.wrong.push(`${path} took ${Math.round(ms)} ms`);
      const heap = /^watcher_visio_nodejs_heap_size_used_bytes (\d+)$/m.exec(text)?.[1];
      if (heap !== undefined) load.heap.push(Number(heap));
      const inside = INSIDE.exec(text)?.[0];
      if (inside) load.wrong.push(`${path} shows ${inside}`);
      if (response.status === 503) {
        const { source } = JSON.parse(text);
        if (![...excusedBefore, ...plan.excused()].includes(source))
          load.wrong.push(`${path}: 503 of ${source}, which was not broken`);
      } else if (response.status !== 200) {
        load.wrong.push(`${path}: ${response.status}`);
      }
    } catch (error) {
      load.wrong.push(`${path}: ${String(error)}`);
    }
  }

  return load;
}
