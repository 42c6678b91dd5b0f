import { toResponse } from './broken-body';
import { buildCloud } from './cloud';
import { control } from './controls';
import type { Delays } from './delays';
import { type Engine, openEngine } from './engine';
import { breakAnswer, ConnectionReset, type Fault, type Faults, openFaults, SERVICES } from './faults';
import { openTokens, type Tokens } from './keystone';
import { type Life, openLife } from './life';
import type { Cloud } from './model';
import { answerNova } from './nova/api';
import { DEFAULT_SCRIPT, type MoveScript } from './nova/script';
import { type Occupancy, openOccupancy } from './occupancy';
import { answerPlacement } from './placement/api';
import { answerPrometheus } from './prometheus/api';
import { openMetrics } from './prometheus/metrics';
import type { SeriesStore } from './prometheus/series';
import type { ReleaseName } from './releases';
import { answerWatcher } from './watcher/api';
import { PREFIXES, type RegionHere, type Reply, type ServiceName, type ServiceRequest, unauthenticated } from './wire';

export type SimulationOptions = {
  hosts?: number;
  servers?: number;
  audits?: number;
  seed?: number;
  region?: string;
  /** For one of several regions: the tokens of their Keystone, and all of them with this one. */
  among?: { tokens: Tokens; regions: RegionHere[] };
  /** What Watcher can do and how it acts; by default the newest. */
  release?: ReleaseName;
  /** How moves go; by default all arrive after 20 seconds. */
  moves?: Partial<MoveScript>;
  /** Watcher's appliers that are alive; by default one. */
  appliers?: number;
  /** Strategies that this Watcher doesn't offer, by name; by default it has all. */
  withheld?: string[];
  /**
   * Nothing stands still: plans that run or wait at the start go on, and CONTINUOUS audits make new plans. By default only
   * what people start does, so that tests find the cloud as it was built.
   */
  lively?: boolean;
  /** Response times; by default as fast as possible. */
  delays?: Delays;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  /** Replaces what Prometheus has, for clouds whose metrics are odd. @param own what it would have */
  metrics?: (own: SeriesStore, cloud: Cloud) => SeriesStore;
};

export type Simulation = {
  cloud: Cloud;
  /**
   * Answers a request to any service, or to a control; the first part of the path selects it.
   *
   * @throws ConnectionReset if a fault requires it
   */
  answer(request: Request): Promise<Response>;
  faults: Faults;
  /** Short for `faults.set`. */
  setFault(service: ServiceName, fault: Fault | null): void;
  occupancy: Occupancy;
  /** What goes on by itself. Every request lets it catch up with the clock. */
  engine: Engine;
  /** Changes to VMs, audits and plans. */
  life: Life;
  /** Invalidates all tokens, as Keystone does when a password changes. */
  revokeTokens(): void;
  /** Number of requests so far, by service. */
  requests: Record<ServiceName, number>;
};

/** A simulated cloud in wire form. All its responses are consistent and determined by the options. */
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
  const engine = openEngine({ cloud, occupancy, clock, release: options.release ?? '2026.2' });
  engine.mover.setScript({ ...DEFAULT_SCRIPT, ...options.moves });
  if (options.appliers !== undefined) engine.applier.setAppliers(options.appliers, clock());
  for (const name of options.withheld ?? []) engine.knobs.withheld.add(name);
  if (options.lively) {
    engine.applier.resume(clock());
    engine.settle();
    for (const audit of cloud.audits) if (audit.type === 'CONTINUOUS') engine.auditor.repeat(audit);
  }
  const ownMetrics = openMetrics(cloud, occupancy);
  const metrics = options.metrics?.(ownMetrics, cloud) ?? ownMetrics;
  const tokens = options.among?.tokens ?? openTokens();
  const faults = openFaults();
  const requests: Record<ServiceName, number> = { keystone: 0, nova: 0, placement: 0, watcher: 0, prometheus: 0 };

  /** Requires a valid token for everything except version documents. */
  const withToken = (answer: (call: ServiceRequest) => Reply, open: string[]) => (call: ServiceRequest) => {
    if (open.includes(call.path)) return answer(call);
    const roles = tokens.rolesOf(call.headers.get('x-auth-token'), call.tokenNow);
    return roles ? answer({ ...call, roles }) : unauthenticated(call.origin);
  };

  const services: Record<ServiceName, (call: ServiceRequest) => Reply> = {
    keystone: (call) => tokens.answer(call),
    nova: withToken(answerNova, ['', '/v2.1']),
    placement: withToken(answerPlacement, ['']),
    watcher: withToken(answerWatcher, ['']),
    prometheus: (call) => answerPrometheus(call, metrics),
  };

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname.startsWith('/_sim/')) return control(simulation, request, url.pathname);
    const service = SERVICES.find(
      (name) => url.pathname === PREFIXES[name] || url.pathname.startsWith(`${PREFIXES[name]}/`),
    );
    if (!service) return new Response('No such service.\n', { status: 404 });
    requests[service]++;
    const fault = faults.meet(service, request);
    const isRead = ['GET', 'HEAD'].includes(request.method);
    engine.advance();
    const skewOf = (name: ServiceName) => faults.get(name)?.skewMs ?? 0;
    const reply =
      (fault && (await breakAnswer(service, fault))) ??
      services[service]({
        method: request.method,
        path: url.pathname.slice(PREFIXES[service].length).replace(/\/+$/, ''),
        query: url.searchParams,
        headers: request.headers,
        body: isRead ? '' : await request.text(),
        origin: url.origin,
        now: clock() + skewOf(service),
        // Keystone's clock decides whether a token is valid.
        tokenNow: clock() + skewOf('keystone'),
        roles: [],
        hides: (name) => faults.get(name)?.missing ?? false,
        regions: options.among?.regions ?? [{ cloud, base: '' }],
        cloud,
        occupancy,
        engine,
      });
    if (!isRead) engine.settle();
    if (fault?.lose) throw new ConnectionReset();
    const delay = options.delays?.(service, reply) ?? 0;
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    return toResponse(reply, request.method === 'HEAD', fault);
  }

  const simulation: Simulation = {
    cloud,
    answer,
    faults,
    setFault: faults.set,
    occupancy,
    engine,
    life: openLife(cloud, occupancy, engine),
    revokeTokens: tokens.revokeAll,
    requests,
  };
  return simulation;
}
