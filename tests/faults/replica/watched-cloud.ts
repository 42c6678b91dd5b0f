import { serveSimulation } from '@/lib/simulation/server';
import { openSimulation, type Simulation } from '@/lib/simulation/simulation';
import { PREFIXES } from '@/lib/simulation/wire';
import { SECOND_MS } from '@/lib/units';
import { ACTS, asUser, planOf } from '../../routes/acting';

/** A simulated cloud for processes, in which a test sees what they send to a plan. */

/**
 * What reaches Watcher in a start: a reading of the plan before it and after it, and the writes, before and after they are done.
 * And in a careful run: an audit is created, and a plan is cancelled.
 */
export type Moment = 'check' | 'read' | Write | (typeof DONE)[Write];
type Write = keyof typeof DONE;
const DONE = { skip: 'skipped', start: 'started', make: 'made', cancel: 'cancelled' } as const;

function writeOf(method: string, pathname: string): Write {
  if (pathname.endsWith('/start')) return 'start';
  if (method === 'POST') return 'make';
  return pathname.includes('/action_plans') ? 'cancel' : 'skip';
}

export type WatchedCloud = {
  simulation: Simulation;
  plan: ReturnType<typeof planOf>['plan'];
  params: ReturnType<typeof planOf>['params'];
  settings: Record<string, string>;
  starts(): number;
  /** Called at each moment, before anything goes on; nothing does if it throws. */
  onMoment: (moment: Moment) => void | Promise<void>;
  headersOf(user: string): Promise<{ authorization: string }>;
  close(): Promise<void>;
};

/** Watcher accepts any number of starts within this time. */
const RACE_MS = 10 * SECOND_MS;

export async function watchCloud(): Promise<WatchedCloud> {
  const simulation = openSimulation({ hosts: 4, servers: 16, audits: 3 });
  for (const other of simulation.cloud.plans) if (/ING$/.test(other.state)) other.state = 'SUCCEEDED';
  simulation.engine.knobs.raceMs = RACE_MS;
  const { plan, params } = planOf(simulation, 'stabilize-production');
  let starts = 0;
  const { applier } = simulation.engine;
  const take = applier.start.bind(applier);
  applier.start = (taken, now) => {
    if (taken === plan) starts++;
    take(taken, now);
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(PREFIXES.watcher)) return simulation.answer(request);
    if (request.method === 'GET') {
      if (starts === 0 && pathname.includes('/action_plans')) await cloud.onMoment('check');
      if (starts > 0 && pathname.endsWith(plan.id)) await cloud.onMoment('read');
      return simulation.answer(request);
    }
    const write = writeOf(request.method, pathname);
    await cloud.onMoment(write);
    const response = await simulation.answer(request);
    await cloud.onMoment(DONE[write]);
    return response;
  };
  const { url, close } = await serveSimulation({ ...simulation, answer });
  const cloud: WatchedCloud = {
    simulation,
    plan,
    params,
    settings: {
      OS_AUTH_URL: `${url}/identity/v3`,
      OS_USERNAME: 'visio',
      OS_PASSWORD: 'simulated',
      OS_PROJECT_NAME: 'admin',
      PROMETHEUS_URL: `${url}/prometheus`,
      ...ACTS,
    },
    starts: () => starts,
    onMoment: () => {},
    headersOf: (user) => asUser(simulation, user),
    close,
  };
  return cloud;
}
