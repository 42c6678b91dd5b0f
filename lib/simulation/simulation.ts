import { toResponse } from './broken-body';
import { buildCloud } from './cloud';
import type { Delays } from './delays';
import { breakAnswer, type Fault, type Faults, openFaults, SERVICES } from './faults';
import { openTokens } from './keystone';
import { type Life, openLife } from './life';
import type { Cloud } from './model';
import { answerNova } from './nova/api';
import { type Occupancy, openOccupancy } from './occupancy';
import { answerPlacement } from './placement/api';
import { answerPrometheus } from './prometheus/api';
import { openMetrics } from './prometheus/metrics';
import { answerWatcher } from './watcher/api';
import { type Ask, PREFIXES, type Reply, type ServiceName, unauthenticated } from './wire';

export type { Fault } from './faults';

export type SimulationOptions = {
  hosts?: number;
  servers?: number;
  audits?: number;
  seed?: number;
  region?: string;
  /** How long an answer takes; default: no longer than it takes to make it. */
  delays?: Delays;
  /** Milliseconds since the epoch. */
  clock?: () => number;
};

export type Simulation = {
  /** The cloud behind the answers. */
  cloud: Cloud;
  /**
   * Answers a request to any of the services; their addresses differ by the first part of the path.
   *
   * @throws ConnectionReset where a fault says so
   */
  answer(request: Request): Promise<Response>;
  faults: Faults;
  /** Short for `faults.set`. */
  setFault(service: ServiceName, fault: Fault | null): void;
  /** Who is where. */
  occupancy: Occupancy;
  /** What happens to VMs and to what Watcher keeps. */
  life: Life;
  /** Makes every token so far invalid, as Keystone does when a password changes. */
  revokeTokens(): void;
  /** Requests so far, by service. */
  requests: Record<ServiceName, number>;
};

/** A cloud that does not exist, in wire form. Everything it says is consistent and follows from the options. */
export function openSimulation(options: SimulationOptions = {}): Simulation {
  const clock = options.clock ?? Date.now;
  const hosts = options.hosts ?? 24;
  const cloud = buildCloud(
    {
      hosts,
      servers: options.servers ?? hosts * 17,
      audits: options.audits ?? 28,
      seed: options.seed ?? 1,
      region: options.region ?? 'RegionOne',
    },
    clock(),
  );
  const occupancy = openOccupancy(cloud);
  const metrics = openMetrics(cloud, occupancy);
  const tokens = openTokens();
  const faults = openFaults();
  const requests: Record<ServiceName, number> = { keystone: 0, nova: 0, placement: 0, watcher: 0, prometheus: 0 };

  /** Version documents are for everybody, everything else is for who has a token. */
  const withToken = (answer: (ask: Ask) => Reply, open: string[]) => (ask: Ask) =>
    open.includes(ask.path) || tokens.isValid(ask.headers.get('x-auth-token'), ask.tokenNow)
      ? answer(ask)
      : unauthenticated(ask.origin);

  const services: Record<ServiceName, (ask: Ask) => Reply> = {
    keystone: (ask) => tokens.answer(ask),
    nova: withToken(answerNova, ['', '/v2.1']),
    placement: withToken(answerPlacement, ['']),
    watcher: withToken(answerWatcher, ['']),
    prometheus: (ask) => answerPrometheus(ask, metrics),
  };

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const service = SERVICES.find(
      (name) => url.pathname === PREFIXES[name] || url.pathname.startsWith(`${PREFIXES[name]}/`),
    );
    if (!service) return new Response('There is no such service here.\n', { status: 404 });
    requests[service]++;
    const set = faults.get(service);
    const fault = set && (set.only === undefined || request.url.includes(set.only)) ? set : null;
    const skewOf = (name: ServiceName) => faults.get(name)?.skewMs ?? 0;
    const reply =
      (fault && (await breakAnswer(service, fault))) ??
      services[service]({
        method: request.method,
        path: url.pathname.slice(PREFIXES[service].length).replace(/\/+$/, ''),
        query: url.searchParams,
        headers: request.headers,
        body: request.method === 'POST' ? await request.text() : '',
        origin: url.origin,
        now: clock() + skewOf(service),
        // Whether a token is valid, Keystone decides for all.
        tokenNow: clock() + skewOf('keystone'),
        hides: (name) => faults.get(name)?.missing ?? false,
        cloud,
        occupancy,
      });
    const delay = options.delays?.(service, reply) ?? 0;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    return toResponse(reply, request.method === 'HEAD', fault);
  }

  return {
    cloud,
    answer,
    faults,
    setFault: faults.set,
    occupancy,
    life: openLife(cloud, occupancy, clock),
    revokeTokens: tokens.revokeAll,
    requests,
  };
}
