import { AsyncLocalStorage } from 'node:async_hooks';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';
import { forgetEnv } from '@/lib/env';
import { ConnectionReset } from '@/lib/simulation/faults';
import { openSimulation, type Simulation, type SimulationOptions } from '@/lib/simulation/simulation';

/** The product's routes over a simulated cloud. Every client, cache and rule runs; only the network is intercepted. */

const ORIGIN = 'http://cloud.test';

const VARIABLES: Record<string, string> = {
  OS_AUTH_URL: `${ORIGIN}/identity/v3`,
  OS_USERNAME: 'visio',
  OS_PASSWORD: 'simulated',
  OS_PROJECT_NAME: 'admin',
  PROMETHEUS_URL: `${ORIGIN}/prometheus`,
};

export type ServedCloud = {
  simulation: Simulation;
  /** Changes settings for the rest of the test; undefined unsets one. */
  configure(variables: Record<string, string | undefined>): void;
  /** Replaces the cloud. */
  serve(options: SimulationOptions): Simulation;
  /** For replacing single answers. */
  server: ReturnType<typeof setupServer>;
};

/**
 * Forgets what the server process keeps between requests. Not the storages that belong to a request: nothing stays in
 * them, and Node keeps each forever and visits all of them with every promise.
 */
export function forget(): void {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (!key.description?.startsWith('watcher-visio.') || Reflect.get(globalThis, key) instanceof AsyncLocalStorage)
      continue;
    Reflect.deleteProperty(globalThis, key);
  }
}

export function servedCloud(options: SimulationOptions = {}, variables: Record<string, string> = {}): ServedCloud {
  const server = setupServer();
  const before = { ...process.env };
  const served: ServedCloud = {
    server,
    simulation: openSimulation({ hosts: 0, servers: 0, audits: 0 }),
    configure,
    serve(wanted) {
      served.simulation = openSimulation(wanted);
      return served.simulation;
    },
  };
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  beforeEach(() => {
    forget();
    configure({ ...VARIABLES, ...variables });
    served.serve(options);
    server.resetHandlers(http.all(`${ORIGIN}/*`, ({ request }) => served.simulation.answer(request).catch(asReset)));
  });
  afterEach(() => {
    const unset = Object.keys(process.env).map((name): [string, undefined] => [name, undefined]);
    configure({ ...Object.fromEntries(unset), ...before });
  });
  afterAll(() => server.close());
  return served;
}

/** A connection that the simulation resets, as a client sees it. */
function asReset(error: unknown): Response {
  if (error instanceof ConnectionReset) return HttpResponse.error();
  throw error;
}

/** Sets `process.env`, and has the settings parsed again. */
function configure(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  forgetEnv();
}

type Question = { query?: string; params?: Record<string, string>; headers?: Record<string, string> };

/** Asks an endpoint as a consumer does. @param query with its question mark */
export async function ask(name: EndpointName, { query = '', params = {}, headers }: Question = {}) {
  const path = ENDPOINTS[name].path.replace(/\{(\w+)\}/g, (_, param: string) =>
    encodeURIComponent(params[param] ?? ''),
  );
  const request = new Request(`http://visio.test${path}${query}`, { headers });
  const response = await ANSWERS[name](request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { response, text, body: text === '' ? null : JSON.parse(text) };
}
