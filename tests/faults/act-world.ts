import { vi } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { forgetEnv } from '@/lib/env';
import { processWide } from '@/lib/process-wide';
import type { SimPlan } from '@/lib/simulation/model';
import { PREFIXES } from '@/lib/simulation/wire';
import { openStore, type Store } from '@/lib/store/store';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { ACTS, asUser, checkPlan, planOf, type Sent, send, startOf } from '../routes/acting';
import { ask } from '../routes/served-cloud';
import type { Break } from './kinds';
import { openWorld, type World } from './world';

/** A plan with three moves, one of which is left out, that somebody starts while services break. */

/**
 * Where in the start of a plan something breaks: before the check, before the intent is written, between the check and the
 * skip, between the skip and the start, between the start and its answer, and between the outcome and the first reading.
 */
export const STEPS = ['check', 'intent', 'skip', 'start', 'answer', 'reading'] as const;
export type Step = (typeof STEPS)[number];

/** How the journal breaks: all of it from then on, or the answer of one call that took effect. */
export type JournalKind = 'away' | 'lost answer';
export type ActBreak = { step: Step } & (Break | { service: 'journal'; kind: JournalKind });

export type ActWorld = World & {
  plan: SimPlan;
  /** How often Watcher took the plan. */
  starts(): number;
  /** Requests that could have changed the cloud. */
  writes(): number;
  start(key: string): Promise<Sent>;
  /** Asks anew what may be done, and starts all that is left. */
  startAnew(): Promise<Sent>;
  mendAll(): void;
  /** Has the server find out what became of acts, later. */
  keep(): Promise<void>;
  journal(): Promise<ActView[]>;
};

const CLOUD = { hosts: 4, servers: 16, audits: 3 };
/** Watcher accepts any number of starts within this time. */
const RACE_MS = 10 * SECOND_MS;
const LATER_MS = 2 * MINUTE_MS;

export async function openActWorld(breaks: ActBreak[], mode: 'person' | 'service'): Promise<ActWorld> {
  const world = openWorld(false, CLOUD);
  Object.assign(process.env, ACTS, { ACTIONS: mode });
  forgetEnv();
  const { simulation } = world;
  for (const other of simulation.cloud.plans) if (/ING$/.test(other.state)) other.state = 'SUCCEEDED';
  const { plan, params } = planOf(simulation, 'stabilize-production');
  simulation.engine.knobs.raceMs = RACE_MS;
  const counts = { starts: 0, writes: 0 };
  const { applier } = simulation.engine;
  const take = applier.start.bind(applier);
  applier.start = (taken, now) => {
    if (taken === plan) counts.starts++;
    take(taken, now);
  };

  const journal = breakableStore();
  const due = [...breaks];
  /** Breaks what is to break at a step. */
  const reach = (step: Step): void => {
    for (const one of due.splice(0)) {
      if (one.step !== step) due.push(one);
      else if (one.service === 'journal') journal.break(one.kind);
      else world.break([one]);
    }
  };
  journal.onIntent = () => reach('intent');
  journal.onOutcome = () => reach('reading');
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { method = 'GET' } = init;
    const { pathname } = new URL(url);
    const isWrite = pathname.startsWith(PREFIXES.watcher) && method !== 'GET';
    if (!isWrite) return real(url, init);
    counts.writes++;
    const isStart = pathname.endsWith('/start');
    reach(isStart ? 'start' : 'skip');
    const response = await real(url, init);
    if (!isStart || !response.ok) return response;
    const wasWhole = simulation.faults.get('watcher') === null;
    reach('answer');
    const fault = simulation.faults.get('watcher');
    // The start took effect; its answer meets the fault as any answer would, but for one that proves that nothing was done.
    const isRefusal = fault?.status !== undefined && fault.status < 500;
    return wasWhole && fault && !isRefusal ? real(url.replace('/start', ''), readingOf(init)) : response;
  });

  const headers = await asUser(simulation, 'ops');
  const body = startOf(await checkPlan(params, { headers, query: '?off=1' }), { off: '1' });
  reach('check');
  return {
    ...world,
    plan,
    starts: () => counts.starts,
    writes: () => counts.writes,
    start: (key) => send('startPlan', { params, headers, body, key }),
    async startAnew() {
      const fresh = { authorization: (await asUser(simulation, 'ops')).authorization };
      const check = await checkPlan(params, { headers: fresh });
      const despite = check.start.flatMap(({ moves }) => moves);
      return send('startPlan', { params, headers: fresh, body: startOf(check, { despite }) });
    },
    mendAll() {
      due.length = 0;
      world.mend();
      journal.mend();
    },
    async keep() {
      vi.setSystemTime(Date.now() + LATER_MS);
      await keepJournal();
    },
    journal: async () => (await ask('acts', { headers })).body.acts,
  };
}

const readingOf = ({ headers, signal }: RequestInit): RequestInit => ({ method: 'GET', headers, signal });

type Breakable = {
  onIntent(): void;
  onOutcome(): void;
  break(kind: JournalKind): void;
  mend(): void;
};

/** Gives the process a store in memory that can break. */
function breakableStore(): Breakable {
  const real = openStore({ kind: 'memory' }, Date.now);
  let broken: JournalKind | null = null;
  const breakable: Breakable = {
    onIntent: () => {},
    onOutcome: () => {},
    break: (kind) => {
      broken = kind;
    },
    mend: () => {
      broken = null;
    },
  };
  const through = async <T>(work: () => Promise<T>): Promise<T> => {
    if (broken === 'away') throw new Error('connect ECONNREFUSED db.test');
    const found = await work();
    if (broken !== 'lost answer') return found;
    broken = null;
    throw new Error('Connection terminated unexpectedly');
  };
  const { journal, turns } = real;
  processWide(
    'store',
    (): Store => ({
      ...real,
      journal: {
        ...journal,
        addIntent(intent) {
          breakable.onIntent();
          return through(() => journal.addIntent(intent));
        },
        async addOutcome(outcome) {
          await through(() => journal.addOutcome(outcome));
          breakable.onOutcome();
        },
        list: (wanted) => through(() => journal.list(wanted)),
        find: (id) => through(() => journal.find(id)),
        listOpen: () => through(() => journal.listOpen()),
        cut: (before, id) => through(() => journal.cut(before, id)),
        listCuts: () => through(() => journal.listCuts()),
      },
      turns: {
        take: (object, id) => through(() => turns.take(object, id)),
        extend: (object, id) => through(() => turns.extend(object, id)),
        release: (object, id) => through(() => turns.release(object, id)),
        isTaken: (id) => through(() => turns.isTaken(id)),
        claim: (digest, body, id) => through(() => turns.claim(digest, body, id)),
        unclaim: (digest, id) => through(() => turns.unclaim(digest, id)),
      },
    }),
  );
  return breakable;
}
