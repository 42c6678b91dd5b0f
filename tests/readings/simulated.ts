import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { loadCloud } from '@/lib/openstack/clouds';
import { openSession, type Session } from '@/lib/openstack/session';
import { openPrometheus, type Prometheus } from '@/lib/prometheus/client';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { openSimulation, type Simulation, type SimulationOptions } from '@/lib/simulation/simulation';

/** Readings of a simulated cloud whose clock the test controls. */

const ORIGIN = 'http://cloud.test';
/** The cloud's time at the start of each test. */
export const BEGIN = Date.UTC(2026, 0, 5, 12);

export type Scene = {
  simulation: Simulation;
  session: Session;
  prometheus: Prometheus;
  /** The cloud's time; ms. */
  now: number;
  /** Whether responses have a Date header. */
  dated: boolean;
  /** Requests since the last call: service and path with query. */
  requests(): string[];
  /** Waits until no new request has arrived for a tenth of a second. */
  settle(): Promise<void>;
  /** Called with every request before it is answered. */
  before: (url: URL) => void;
};

export const settings = defaultMetricSettings;

export function simulatedScene(options: SimulationOptions): Scene {
  const server = setupServer();
  let log: string[] = [];
  const scene: Scene = {
    simulation: openSimulation({ hosts: 0, servers: 0, audits: 0 }),
    session: openSession(cloud(), { timeoutMs: 5_000, maxBytes: 50_000_000, concurrency: 8 }),
    prometheus: prometheus(),
    now: BEGIN,
    dated: true,
    before: () => {},
    requests() {
      const all = log;
      log = [];
      return all;
    },
    async settle() {
      for (let before = -1; before !== log.length; ) {
        before = log.length;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    Object.assign(scene, { now: BEGIN, dated: true, before: () => {} });
    scene.simulation = openSimulation({ ...options, clock: () => scene.now });
    scene.session = openSession(cloud(), { timeoutMs: 5_000, maxBytes: 50_000_000, concurrency: 8 });
    scene.prometheus = prometheus();
    log = [];
    server.resetHandlers(
      http.all(`${ORIGIN}/*`, async ({ request }) => {
        const url = new URL(request.url);
        log.push(`${url.pathname.slice(1)}${url.search}`);
        scene.before(url);
        const response = await scene.simulation.answer(request);
        if (scene.dated) response.headers.set('date', new Date(scene.now).toUTCString());
        return response;
      }),
    );
  });
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return scene;
}

const prometheus = () =>
  openPrometheus({
    url: `${ORIGIN}/prometheus`,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 5_000,
    maxBytes: 50_000_000,
    concurrency: 4,
  });

const cloud = () =>
  loadCloud(
    {
      OS_AUTH_URL: `${ORIGIN}/identity/v3`,
      OS_USERNAME: 'visio',
      OS_PASSWORD: 'simulated',
      OS_PROJECT_NAME: 'admin',
    },
    { read: () => undefined, home: '/', cwd: '/' },
  );
