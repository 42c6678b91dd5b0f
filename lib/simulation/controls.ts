import { isRecord } from '@/lib/is-record';
import type { Engine } from './engine';
import { type Faults, readFault, SERVICES } from './faults';
import type { Life } from './life';
import { type Cloud, hostAt, type SimPlan, type SimServer } from './model';
import { readScript } from './nova/script';
import { RELEASE_NAMES } from './releases';
import { strategyNamed } from './strategies';

/** Controls of a simulation over HTTP, for demos and browser tests: what a person or the world outside would do to it. */

/** The parts of a simulation that can be controlled. */
type Controlled = { cloud: Cloud; faults: Faults; engine: Engine; life: Life; requests: Record<string, number> };

/** What a control answers: JSON, or a sentence that says what was wrong. */
type Outcome = { body: unknown } | string;

type Control = {
  /** The address below /_sim/; <name> stands for one part. */
  path: string;
  methods: string[];
  what: string;
  act(simulation: Controlled, given: { name: string; method: string; text: string }): Outcome;
};

const CONTROLS: Control[] = [
  {
    path: 'faults/<service>',
    methods: ['GET', 'PUT', 'DELETE'],
    what: 'breaks a service: {"status":503}; {"lose":true,"writes":true,"times":1} acts and loses the answer',
    act({ faults }, { name, method, text }) {
      const service = SERVICES.find((one) => one === name);
      if (!service) return 'No such service.';
      if (method === 'PUT') {
        const fault = readFault(text);
        if (typeof fault === 'string') return fault;
        faults.set(service, fault);
      }
      if (method === 'DELETE') faults.set(service, null);
      return { body: faults.get(service) };
    },
  },
  {
    path: 'requests',
    methods: ['GET'],
    what: 'counts requests by service',
    act: ({ requests }) => ({ body: requests }),
  },
  {
    path: 'migrations',
    methods: ['GET', 'PUT'],
    what: 'how moves go: {"seconds":60,"never":["db-"],"fail":["batch-"],"refuse":["web-"]}, names as they begin',
    act({ engine: { mover } }, { method, text }) {
      if (method === 'PUT') {
        const script = readScript(parse(text));
        if (typeof script === 'string') return script;
        mover.setScript(script);
      }
      return { body: mover.script() };
    },
  },
  {
    path: 'appliers',
    methods: ['GET', 'PUT'],
    what: 'how many appliers are alive: 0, 1, 2 ...; each runs one plan at a time',
    act({ engine: { applier, now } }, { method, text }) {
      if (method === 'PUT') {
        const alive = parse(text);
        if (!isCount(alive)) return 'The number of appliers must be a whole number from 0 to 9.';
        applier.setAppliers(alive, now());
      }
      return { body: applier.appliers().alive };
    },
  },
  {
    path: 'release',
    methods: ['GET', 'PUT'],
    what: `the release that Watcher is of: ${RELEASE_NAMES.map((name) => `"${name}"`).join(', ')}`,
    act({ engine }, { method, text }) {
      if (method === 'PUT') {
        const release = RELEASE_NAMES.find((name) => name === parse(text));
        if (!release) return `There is no such release, only ${RELEASE_NAMES.join(', ')}.`;
        engine.setRelease(release);
      }
      return { body: engine.release().name };
    },
  },
  {
    path: 'race',
    methods: ['GET', 'PUT'],
    what: 'milliseconds within which two starts are both accepted, and an applier overwrites a cancellation',
    act({ engine: { knobs } }, { method, text }) {
      if (method === 'PUT') {
        const ms = parse(text);
        if (typeof ms !== 'number' || !(ms >= 0)) return 'A time must be a number of milliseconds.';
        knobs.raceMs = ms;
      }
      return { body: knobs.raceMs };
    },
  },
  {
    path: 'withheld',
    methods: ['GET', 'PUT'],
    what: 'strategies that this Watcher does not offer: ["actuator"]',
    act({ engine: { knobs } }, { method, text }) {
      if (method === 'PUT') {
        const names = parse(text);
        if (!Array.isArray(names) || names.some((name) => strategyNamed(String(name)) === undefined))
          return 'Strategies must be a list of their names.';
        knobs.withheld = new Set(names.map(String));
      }
      return { body: [...knobs.withheld] };
    },
  },
  {
    path: 'servers/<server>',
    methods: ['PUT', 'DELETE'],
    what: 'by id or name: deletes a VM, or moves it by hand: {"host":"cmp-r01-02"}',
    act({ cloud, life, engine }, { name, method, text }) {
      const server = cloud.servers.find((one) => one.deletedAt === undefined && [one.id, one.name].includes(name));
      if (!server) return 'No such VM.';
      if (method === 'DELETE') life.remove(server);
      else {
        const wanted = parse(text);
        const host = cloud.hosts.find((one) => isRecord(wanted) && one.name === wanted.host);
        if (!host) return 'No such host.';
        life.migrate(server, host);
      }
      return { body: whereIs(server, engine.now()) };
    },
  },
  {
    path: 'plans/<plan>',
    methods: ['GET', 'PUT'],
    what: 'by id or by its audit\'s name: "expire", "expire-after-skip", "replace" by an equal one, "hold" it PENDING, "release" it, "end" one that was made up as running or waiting',
    act(simulation, { name, method, text }) {
      const { cloud } = simulation;
      const audit = cloud.audits.find((one) => one.name === name);
      const plan = cloud.plans.find(({ id, auditId }) => id === name || (audit && auditId === audit.id));
      if (!plan) return 'No such plan.';
      if (method === 'PUT') {
        const wanted = CHANGES.get(String(parse(text)));
        if (!wanted) return `A plan can be changed by ${[...CHANGES.keys()].join(', ')}.`;
        return { body: summaryOf(simulation, wanted(simulation, plan) ?? plan) };
      }
      return { body: summaryOf(simulation, plan) };
    },
  },
];

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9;

const whereIs = (server: SimServer, at: number) => ({ id: server.id, host: hostAt(server, at)?.name ?? null });

const summaryOf = ({ engine }: Controlled, plan: SimPlan) => ({
  id: plan.id,
  state: plan.state,
  starts: engine.applier.startsOf(plan),
});

/** What can be done to a plan; returns the plan that counts from now on, if it is another one. */
const CHANGES = new Map<string, (simulation: Controlled, plan: SimPlan) => SimPlan | undefined>([
  ['replace', ({ life }, plan) => life.replace(plan)],
  ['expire', inPlace(({ life }, plan) => life.expire(plan))],
  ['expire-after-skip', inPlace(({ engine }, plan) => engine.knobs.expiresAfterSkip.add(plan))],
  ['hold', inPlace(({ engine }, plan) => engine.applier.hold(plan, true))],
  ['end', inPlace(({ life }, plan) => life.end(plan))],
  ['release', inPlace(({ engine }, plan) => engine.applier.hold(plan, false))],
]);

function inPlace(change: (simulation: Controlled, plan: SimPlan) => unknown) {
  return (simulation: Controlled, plan: SimPlan): undefined => {
    change(simulation, plan);
    return undefined;
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What all controls are for, one a line. */
export const controlsHelp = (): string =>
  CONTROLS.map(
    ({ path, methods, what }) => `  ${methods.join('|').padEnd(14)} /_sim/${path}\n${' '.repeat(17)}${what}`,
  ).join('\n');

/** Answers a request below /_sim/. */
export async function control(simulation: Controlled, request: Request, pathname: string): Promise<Response> {
  const { engine } = simulation;
  const [room = '', name = '', more] = pathname.slice('/_sim/'.length).split('/').map(decodeURIComponent);
  const found = CONTROLS.find(({ path }) => {
    const [wanted, part] = path.split('/');
    return wanted === room && (part === undefined) === (name === '');
  });
  if (!found || more !== undefined) return new Response('No such control.\n', { status: 404 });
  if (!found.methods.includes(request.method)) return new Response('No such method.\n', { status: 405 });
  engine.advance();
  const text = request.method === 'PUT' ? await request.text() : '';
  const outcome = found.act(simulation, { name, method: request.method, text });
  engine.settle();
  if (typeof outcome === 'string') {
    return new Response(`${outcome}\n`, { status: outcome.startsWith('No such') ? 404 : 400 });
  }
  return Response.json(outcome.body);
}
