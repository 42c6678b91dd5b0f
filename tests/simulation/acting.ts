import { hostAt, type SimAction, type SimHost, type SimPlan, type SimServer } from '@/lib/simulation/model';
import { openSimulation, type Simulation, type SimulationOptions } from '@/lib/simulation/simulation';
import { SECOND_MS } from '@/lib/units';

/** A simulated cloud whose clock a test moves, and plans made for it. */

export const BEGIN = Date.parse('2026-03-01T12:00:00Z');

export type Asked = { status: number; body: unknown; words: string; headers: Headers };
type Call = { body?: unknown; as?: string; version?: string };

export type Scene = {
  simulation: Simulation;
  /** Lets time pass, to so many seconds after the beginning. */
  at(seconds: number): void;
  /** Sends a request as a user, by default an admin; null sends no token. */
  send(method: string, address: string, call?: Call): Promise<Asked>;
  watcher(method: string, path: string, call?: Call): Promise<Asked>;
  nova(method: string, path: string, call?: Call): Promise<Asked>;
  control(method: string, path: string, body?: unknown): Promise<Asked>;
  /** A RECOMMENDED plan of these moves, each alone or in waves of a width. */
  propose(moves: Move[], width?: number): SimPlan;
  /** Running VMs on the first host that has enough of them, and an open host for them. */
  movers(count: number, position?: number): { servers: SimServer[]; source: SimHost; target: SimHost };
  states(plan: SimPlan): string;
};

export type Move = { server: SimServer; target: SimHost; more?: Record<string, unknown> };

export function openScene(options: SimulationOptions = {}): Scene {
  let now = BEGIN;
  const simulation = openSimulation({ hosts: 12, servers: 120, ...options, clock: () => now });
  const { cloud, engine } = simulation;
  let made = 0;
  // An id like Watcher's, different for each.
  const id = () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;

  async function tokenOf(user: string): Promise<string> {
    const domain = { id: 'default' };
    const auth = {
      identity: { methods: ['password'], password: { user: { name: user, password: 'simulated', domain } } },
      scope: { project: { name: 'admin', domain } },
    };
    const request = new Request('http://sim.test/identity/v3/auth/tokens', {
      method: 'POST',
      body: JSON.stringify({ auth }),
    });
    return (await simulation.answer(request)).headers.get('x-subject-token') ?? '';
  }

  async function send(method: string, address: string, { body, as = 'ops', version }: Call = {}): Promise<Asked> {
    const headers = new Headers(version === undefined ? {} : { 'openstack-api-version': version });
    if (as !== '') headers.set('x-auth-token', await tokenOf(as));
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await simulation.answer(new Request(`http://sim.test${address}`, { method, headers, body: text }));
    const answer = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const given: unknown = answer === '' ? null : isJson ? JSON.parse(answer) : answer;
    return { status: response.status, body: given, words: wordsOf(given), headers: response.headers };
  }

  return {
    simulation,
    at(seconds) {
      now = BEGIN + seconds * SECOND_MS;
      engine.advance();
    },
    send,
    watcher: (method, path, call) =>
      send(method, `/infra-optim/v1/${path}`, {
        version: `infra-optim 1.${engine.release().watcherMinor}`,
        ...call,
      }),
    nova: (method, path, call) => send(method, `/compute/v2.1/${path}`, { version: 'compute 2.90', ...call }),
    control: (method, path, body) => send(method, `/_sim/${path}`, { body: JSON.stringify(body), as: '' }),
    propose(moves, width) {
      const actions: SimAction[] = moves.map(({ server, target, more }) => ({
        id: id(),
        type: 'migrate',
        state: 'PENDING',
        parents: [],
        statusMessage: null,
        parameters: {
          migration_type: 'live',
          source_node: hostAt(server, now)?.name,
          destination_node: target.name,
          resource_name: server.name,
          resource_id: server.id,
          ...more,
        },
      }));
      for (const [i, action] of actions.entries()) {
        const wave = width === undefined ? 0 : Math.floor(i / width);
        if (width !== undefined && wave > 0) {
          action.parents = actions.slice((wave - 1) * width, wave * width).map((one) => one.id);
        }
      }
      const plan: SimPlan = {
        id: id(),
        auditId: cloud.audits[0]?.id ?? null,
        strategy: 'workload_stabilization',
        state: 'RECOMMENDED',
        createdAt: now,
        updatedAt: null,
        statusMessage: null,
        actions,
      };
      cloud.plans.unshift(plan);
      return plan;
    },
    movers(count, position = 0) {
      const isFree = ({ status, flavor, locked, stays }: SimServer) =>
        status === 'ACTIVE' && !flavor.pinned && !locked && stays.length === 1;
      const on = (host: SimHost) => cloud.servers.filter((server) => isFree(server) && hostAt(server, now) === host);
      const open = cloud.hosts.filter(({ enabled, up }) => enabled && up);
      const source = open.filter((host) => on(host).length >= count)[position];
      const target = open.findLast((host) => host !== source);
      if (!source || !target) throw new Error('The cloud is too small.');
      // Nothing that the movers are allowed to do depends on room.
      Object.assign(target, { ramRatio: 100, cpuRatio: 100 });
      return { servers: on(source).slice(0, count), source, target };
    },
    states: ({ actions, state }) => `${state}: ${actions.map((action) => action.state).join(' ')}`,
  };
}

/** The words of an error, from the form of each service. */
function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  if ('error_message' in body && typeof body.error_message === 'string') {
    const inner: { faultstring?: string; title?: string } = JSON.parse(body.error_message);
    return inner.faultstring ?? inner.title ?? '';
  }
  const [first] = Object.values(body);
  return typeof first === 'object' && first !== null && 'message' in first ? String(first.message) : '';
}
