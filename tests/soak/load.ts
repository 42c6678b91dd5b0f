import type { FaultPlan } from './fault-plan';

/** A steady load of page and API requests. Each response is checked against what is currently broken. */
export type Load = {
  start(): void;
  stop(): Promise<void>;
  /** Number of responses by status. */
  statuses: Map<number, number>;
  /** Longest response time, ms. */
  slowest: number;
  took: number[];
  /** Used heap in bytes, from each request for the metrics. */
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
  const inFlight = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let count = 0;
  const load: Load = {
    statuses: new Map(),
    slowest: 0,
    took: [],
    heap: [],
    wrong: [],
    start() {
      timer = setInterval(() => {
        const request = send(PATHS[count++ % PATHS.length] ?? '/').finally(() => inFlight.delete(request));
        inFlight.add(request);
      }, 1_000 / perSecond);
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(inFlight);
    },
  };

  async function send(path: string): Promise<void> {
    const started = performance.now();
    const excusedBefore = plan.excused();
    try {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(30_000) });
      const text = await response.text();
      const ms = performance.now() - started;
      load.took.push(ms);
      load.slowest = Math.max(load.slowest, ms);
      load.statuses.set(response.status, (load.statuses.get(response.status) ?? 0) + 1);
      if (ms > LONGEST_MS) load.wrong.push(`${path} took ${Math.round(ms)} ms`);
      const heap = /^watcher_visio_nodejs_heap_size_used_bytes (\d+)$/m.exec(text)?.[1];
      if (heap !== undefined) load.heap.push(Number(heap));
      const inside = INSIDE.exec(text)?.[0];
      if (inside) load.wrong.push(`${path} shows ${inside}`);
      if (response.status === 503) {
        const { source } = JSON.parse(text);
        if (![...excusedBefore, ...plan.excused()].includes(source))
          load.wrong.push(`${path}: 503 for ${source}, which was not broken`);
      } else if (response.status !== 200) {
        load.wrong.push(`${path}: ${response.status}`);
      }
    } catch (error) {
      load.wrong.push(`${path}: ${String(error)}`);
    }
  }

  return load;
}
