import { buildCloud } from './cloud';
import { openTokens, UNAUTHENTICATED } from './keystone';
import type { Cloud } from './model';
import { answerNova } from './nova';
import { answerPlacement } from './placement';
import { answerPrometheus } from './prometheus/api';
import { openMetrics } from './prometheus/metrics';
import { answerWatcher } from './watcher';
import { type Ask, PREFIXES, type Reply, type ServiceName } from './wire';

export type SimulationOptions = {
  hosts?: number;
  servers?: number;
  audits?: number;
  seed?: number;
  region?: string;
  /** Milliseconds since the epoch. */
  clock?: () => number;
};

/** How a service is broken, for tests and for whoever wants to see what happens. */
export type Fault = {
  /** Answers with this status. */
  status?: number;
  /** Waits so long before it answers. */
  delayMs?: number;
  /** Never answers. */
  hang?: boolean;
  /** Breaks the connection. */
  reset?: boolean;
  /** Answers with a page instead of JSON. */
  html?: boolean;
  /** Ends in the middle of the answer. */
  truncate?: boolean;
};

export type Simulation = {
  /** The cloud behind the answers. */
  cloud: Cloud;
  /** Answers a request to any of the services; their addresses differ by the first part of the path. */
  answer(request: Request): Promise<Response>;
  /** Breaks a service, or mends it with null. */
  setFault(service: ServiceName, fault: Fault | null): void;
  fault(service: ServiceName): Fault | null;
  /** Makes every token so far invalid, as Keystone does when a password changes. */
  revokeTokens(): void;
  /** Requests so far, by service. */
  requests: Record<ServiceName, number>;
};

/** A rejected answer: there is none, the connection breaks. */
export class ConnectionReset extends Error {}

/** A cloud that does not exist, in wire form. Everything it says is consistent and follows from the options. */
export function openSimulation(options: SimulationOptions = {}): Simulation {
  const clock = options.clock ?? Date.now;
  const hosts = options.hosts ?? 24;
  const cloud = buildCloud(
    {
      hosts,
      servers: options.servers ?? hosts * 17,
      audits: options.audits ?? 24,
      seed: options.seed ?? 1,
      region: options.region ?? 'RegionOne',
    },
    clock(),
  );
  const metrics = openMetrics(cloud);
  const tokens = openTokens();
  const faults = new Map<ServiceName, Fault>();
  const requests: Record<ServiceName, number> = { keystone: 0, nova: 0, placement: 0, watcher: 0, prometheus: 0 };

  const withToken = (ask: Ask, answer: (ask: Ask) => Reply): Reply =>
    ask.path === '' || tokens.isValid(ask.headers.get('x-auth-token'), ask.now) ? answer(ask) : UNAUTHENTICATED;

  const services: Record<ServiceName, (ask: Ask) => Reply> = {
    keystone: (ask) => tokens.answer(ask),
    nova: (ask) => withToken(ask, answerNova),
    placement: (ask) => withToken(ask, answerPlacement),
    watcher: (ask) => withToken(ask, answerWatcher),
    prometheus: (ask) => answerPrometheus(ask, metrics),
  };

  return {
    cloud,
    requests,
    setFault(service, fault) {
      if (fault === null) faults.delete(service);
      else faults.set(service, fault);
    },
    fault: (service) => faults.get(service) ?? null,
    revokeTokens: tokens.revokeAll,
    async answer(request) {
      const url = new URL(request.url);
      const found = Object.entries(PREFIXES).find(
        ([, prefix]) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`),
      );
      if (!found) return new Response('There is no such service here.\n', { status: 404 });
      const [service, prefix] = found as [ServiceName, string];
      requests[service]++;
      const fault = faults.get(service);
      const broken = fault && (await breakAnswer(fault));
      if (broken) return broken;
      const reply = services[service]({
        method: request.method,
        path: url.pathname.slice(prefix.length).replace(/\/+$/, ''),
        query: url.searchParams,
        headers: request.headers,
        body: request.method === 'POST' ? await request.text() : '',
        origin: url.origin,
        now: clock(),
        cloud,
      });
      return toResponse(reply, fault?.truncate ?? false);
    },
  };
}

async function breakAnswer({ status, delayMs, hang, reset, html }: Fault): Promise<Response | undefined> {
  if (hang) await new Promise<never>(() => {});
  if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (reset) throw new ConnectionReset();
  if (html) return new Response('<html><body>Bad gateway</body></html>', { headers: { 'content-type': 'text/html' } });
  return status === undefined ? undefined : new Response(null, { status });
}

function toResponse({ status, body, headers }: Reply, truncate: boolean): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(truncate ? text.slice(0, text.length / 2) : text, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
