import { vi } from 'vitest';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import type { Readings } from '@/lib/contract/v1/readings';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readAuditList, readAuditOnPage } from '@/lib/dashboard/views/audits';
import { readHost, readHosts } from '@/lib/dashboard/views/hosts';
import { readPhysical, readVirtual } from '@/lib/dashboard/views/overview';
import { readState } from '@/lib/dashboard/views/state';
import { forgetEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import { openSimulation, type Simulation, type SimulationOptions } from '@/lib/simulation/simulation';
import { PREFIXES, type ServiceName } from '@/lib/simulation/wire';
import { ask, forget } from '../routes/served-cloud';
import type { Break } from './kinds';

/**
 * The whole product over a simulated cloud that can break. The test controls the clock, and whatever would time out
 * does so at once.
 */

const ORIGIN = 'http://cloud.test';
export const TTL_MS = 20_000;
const START = Date.parse('2026-11-24T03:00:00Z');

const VARIABLES = {
  OS_AUTH_URL: `${ORIGIN}/identity/v3`,
  OS_USERNAME: 'visio',
  OS_PASSWORD: 'simulated',
  OS_PROJECT_NAME: 'admin',
  PROMETHEUS_URL: `${ORIGIN}/prometheus`,
  DASHBOARD_CACHE_TTL: String(TTL_MS / 1000),
  SOURCE_STATUS_CACHE_TTL: String(TTL_MS / 1000),
  UPSTREAM_TIMEOUT: '300',
  LOG_LEVEL: 'debug',
};

export type World = {
  simulation: Simulation;
  /** Also ask the slow endpoints. */
  all: boolean;
  break(breaks: Break[]): void;
  mend(): void;
  /** Moves the clock past one TTL. */
  wait(): void;
  /** The largest number of simultaneous requests of one kind. */
  mostAtOnce(): number;
  log(): string;
};

/** Requests that must never be sent twice at once: for a token, and the first of each collection. */
const ONCE = /auth\/tokens$|os-hypervisors\/detail$/;

/** Each set of metrics observes the process forever, so hundreds of worlds share one set. */
function forgetAllButMetrics(): void {
  const metrics = ownMetrics();
  forget();
  metrics.registry.resetMetrics();
  processWide('own-metrics', () => metrics);
}

/** As small as a cloud can be. */
const CLOUD: SimulationOptions = { hosts: 3, servers: 6, audits: 2 };

export function openWorld(all: boolean, cloud = CLOUD): World {
  forgetAllButMetrics();
  Object.assign(process.env, VARIABLES);
  forgetEnv();
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  const simulation = openSimulation(cloud);
  const underWay = new Map<string, number>();
  let most = 0;
  const broken = new Set<ServiceName>();

  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, { ...init, signal: null });
    const { pathname } = new URL(url);
    const key = `${init.method} ${pathname}`;
    const now = (underWay.get(key) ?? 0) + 1;
    underWay.set(key, now);
    if (ONCE.test(pathname) && init.method === (pathname.endsWith('tokens') ? 'POST' : 'GET'))
      most = Math.max(most, now);
    try {
      return await answerAtOnce(simulation, request, pathname);
    } finally {
      underWay.set(key, (underWay.get(key) ?? 1) - 1);
    }
  });

  return {
    simulation,
    all,
    break(breaks) {
      for (const { service, kind } of breaks) {
        simulation.setFault(service, kind.fault);
        broken.add(service);
      }
    },
    mend() {
      for (const service of broken) simulation.setFault(service, null);
      broken.clear();
    },
    wait: () => void vi.setSystemTime(Date.now() + TTL_MS + 1_000),
    mostAtOnce: () => most,
    log: () => lines.join(''),
  };
}

const timedOut = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');

async function answerAtOnce(simulation: Simulation, request: Request, pathname: string): Promise<Response> {
  const service = (Object.keys(PREFIXES) as ServiceName[]).find((name) => pathname.startsWith(PREFIXES[name]));
  const fault = service ? simulation.faults.get(service) : null;
  if (fault?.hang) throw timedOut();
  if (fault?.dripMs === undefined) {
    try {
      return service === 'prometheus' && !fault
        ? await answerFromMemory(simulation, request)
        : await simulation.answer(request);
    } catch (cause) {
      throw new TypeError('fetch failed', { cause });
    }
  }
  let pieces = 3;
  const slow = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pieces-- > 0) controller.enqueue(new TextEncoder().encode('{'));
      else controller.error(timedOut());
    },
  });
  return new Response(slow, { headers: { 'x-subject-token': 'never' } });
}

/**
 * All worlds are the same cloud at the same times, so that the slow answers of Prometheus are computed once for all of
 * them.
 */
const computed = new Map<string, { status: number; headers: [string, string][]; body: string }>();

async function answerFromMemory(simulation: Simulation, request: Request): Promise<Response> {
  const key = `${Date.now()} ${request.method} ${request.url} ${await request.clone().text()}`;
  let reply = computed.get(key);
  if (!reply) {
    const response = await simulation.answer(request);
    reply = { status: response.status, headers: [...response.headers], body: await response.text() };
    computed.set(key, reply);
  }
  return new Response(reply.body, reply);
}

export type Look = {
  /** Of every endpoint. */
  answers: {
    name: EndpointName | 'metrics' | 'page';
    status: number;
    state: string | null;
    age: number | null;
    text: string;
  }[];
  readings: Readings;
  /** By name: null if the source is fine, otherwise its message. */
  sources: Record<string, string | null>;
};

const NEW_AUDIT = JSON.stringify({ name: 'x', strategy: 'workload_balance', type: 'ONESHOT', parameters: {} });

const STATUS: EndpointName[] = ['sources', 'sourceStatus'];

/** These ask Prometheus for a day of samples, which takes the simulated one longer than everything else. */
const LONG: EndpointName[] = [
  'planReview',
  'planExport',
  'compare',
  'hostServers',
  'delivered',
  'hostHistory',
  'vm',
  'activity',
  'forecast',
];
/** Checks every source itself, so its answer differs from the others. */
const EXAMINES: EndpointName = 'doctor';
/** There is none in this world. */
const CAREFUL: EndpointName = 'carefulRun';

/** Asks all endpoints and pages at once, as many visitors would. */
export async function look({ simulation, all }: World): Promise<Look> {
  const audit = simulation.cloud.audits[0]?.id ?? '';
  const params = {
    name: simulation.cloud.hosts[0]?.name ?? '',
    id: audit,
    plan: simulation.cloud.plans.find(({ auditId }) => auditId === audit)?.id ?? '',
  };
  const names = (Object.keys(ENDPOINTS) as EndpointName[]).filter(
    (name) => name !== EXAMINES && name !== CAREFUL && !STATUS.includes(name) && (all || !LONG.includes(name)),
  );
  // What needs a query.
  const queries: Partial<Record<EndpointName, string>> = {
    find: '?q=web',
    compare: `?left=${audit}&right=${audit}`,
    newAuditCheck: `?settings=${encodeURIComponent(NEW_AUDIT)}`,
  };
  const paramsOf = (name: EndpointName) => (name === 'vm' ? { id: simulation.cloud.servers[0]?.id ?? '' } : params);
  const [answers, state, metrics, ...pages] = await Promise.all([
    Promise.all(
      names.map(async (name) => ({ name, ...(await ask(name, { params: paramsOf(name), query: queries[name] })) })),
    ),
    readState(defaultRegion().id),
    serveMetrics(new Request('http://visio.test/api/metrics/')),
    readVirtual(defaultRegion().id),
    readPhysical(defaultRegion().id),
    readAuditList(defaultRegion().id, { limit: 10, offset: 0 }),
    readAuditOnPage(defaultRegion().id, audit, true),
    readHosts(defaultRegion().id, { limit: 10, offset: 0, show: 'all', sort: 'name', order: 'asc' }, undefined),
    readHost(defaultRegion().id, params.name, undefined),
  ]);
  // Last, so that it includes the failures that the others met.
  const status = await Promise.all(STATUS.map(async (name) => ({ name, ...(await ask(name)) })));
  answers.push(...status);
  const sources: { name: string; message: string | null }[] = status[0]?.body.sources;
  return {
    answers: [
      ...answers.map(({ name, response, text }) => ({
        name,
        status: response.status,
        state: response.headers.get('x-data-state'),
        age: response.headers.has('age') ? Number(response.headers.get('age')) : null,
        text,
      })),
      { name: 'metrics', status: metrics.status, state: null, age: null, text: await metrics.text() },
      ...pages.map((page) => ({
        name: 'page' as const,
        status: 200,
        state: null,
        age: null,
        text: JSON.stringify(page),
      })),
    ],
    readings: state.readings,
    sources: Object.fromEntries(sources.map(({ name, message }) => [name, message])),
  };
}
