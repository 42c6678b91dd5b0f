import { expect, vi } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { forgetEnv } from '@/lib/env';
import type { SimPlan } from '@/lib/simulation/model';
import { PREFIXES } from '@/lib/simulation/wire';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { ACTS, asUser, checkPlan, planOf, type Sent, send, startOf } from '../routes/acting';
import { ask } from '../routes/served-cloud';
import { signedInToAct } from '../routes/signed-in';
import type { Mode } from './act-world';
import { breakableStore, type JournalKind } from './breakable-store';
import type { Break } from './kinds';
import { countSteps, type StepCounts } from './step-counts';
import { openWorld } from './world';

/** A careful run of two moves in two steps, during which services break for a while. */

/**
 * Where in a run something breaks: as it begins, before its first look, before Watcher is asked for the plan of a step and
 * before it has answered, the same for the cancelling of the approved plan and the start of the step, and while the step runs
 * and is measured.
 */
export const MOMENTS = [
  'begin',
  'look',
  'make',
  'made',
  'replace',
  'replaced',
  'start',
  'started',
  'running',
  'measuring',
] as const;
/** `end`: as a person ends the run while Watcher makes the plan of its first step. */
export type Moment = (typeof MOMENTS)[number] | 'end';

export type CarefulBreak = { moment: Moment } & (Break | { service: 'journal'; kind: JournalKind });

export type CarefulWorld = {
  plan: SimPlan;
  moves: number;
  /** Begins the run. */
  begin(key: string): Promise<Sent>;
  /** Lets time pass in steps of some seconds until the run is at rest. What is broken is mended after a while. */
  untilRest(): Promise<void>;
  mendAll(): void;
  /** Lets the journal find out what became of acts. */
  keep(): Promise<void>;
  read(): Promise<CarefulRunView | null>;
  resume(): Promise<Sent>;
  /** Has the server ask Watcher for the plan of the first step, and ends the run before that is there. */
  endEarly(): Promise<Sent>;
  end(): Promise<Sent>;
  journal(): Promise<ActView[]>;
  counts: StepCounts;
  log(): string;
};

const CLOUD = { hosts: 4, servers: 16, audits: 3 };
const TICK_MS = 20 * SECOND_MS;
/** How long something stays broken. */
const BROKEN_MS = 2 * MINUTE_MS;
const LONGEST_MS = 90 * MINUTE_MS;

export async function openCarefulWorld(breaks: CarefulBreak[], mode: Mode): Promise<CarefulWorld> {
  const world = openWorld(false, CLOUD);
  Object.assign(process.env, ACTS, { ACTIONS: mode });
  forgetEnv();
  const { simulation } = world;
  for (const one of simulation.cloud.plans) if (/ING$/.test(one.state)) one.state = 'SUCCEEDED';
  const { plan, params } = planOf(simulation, 'stabilize-production');
  const counts = countSteps(simulation);

  const store = breakableStore();
  const due = [...breaks];
  let mendAt = Number.POSITIVE_INFINITY;
  const mendAll = () => {
    world.mend();
    store.mend();
    mendAt = Number.POSITIVE_INFINITY;
  };
  const reach = (moment: Moment): void => {
    for (const one of due.splice(0)) {
      if (one.moment !== moment) {
        due.push(one);
        continue;
      }
      if (one.service === 'journal') store.break(one.kind);
      else world.break([one]);
      mendAt = Date.now() + BROKEN_MS;
    }
  };
  store.onIntent = () => reach('begin');

  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { method = 'GET' } = init;
    const { pathname } = new URL(url);
    const writes = pathname.startsWith(PREFIXES.watcher) && method !== 'GET';
    const name = !writes ? null : pathname.endsWith('/start') ? 'start' : method === 'PATCH' ? 'replace' : 'make';
    if (name === null) return real(url, init);
    reach(name);
    const response = await real(url, init);
    if (!response.ok) return response;
    const wasWhole = simulation.faults.get('watcher') === null;
    reach(AFTER[name]);
    const fault = simulation.faults.get('watcher');
    const isRefusal = fault?.status !== undefined && fault.status < 500;
    return wasWhole && fault && !isRefusal ? real(new URL(PREFIXES.watcher, url).href, readingOf(init)) : response;
  });

  const headersNow = () => (mode === 'person' ? signedInToAct('ops') : asUser(simulation, 'ops'));
  let headers: Record<string, string> = await headersNow();
  // The first move would fail.
  const check = await checkPlan(params, { headers, query: '?off=1' });
  const body = startOf(check, { off: '1' });
  const idOf = async () => (await ask('carefulRuns', { headers })).body.runs?.[0]?.id ?? '';
  const read = async (): Promise<CarefulRunView | null> => {
    const { response, body: run } = await ask('carefulRun', { headers, params: { run: await idOf() } });
    return response.status === 200 ? run : null;
  };
  const end = async () => send('endCareful', { params: { run: await idOf() }, headers, body: {} });
  return {
    plan,
    moves: check.will.vms,
    begin: (key) => send('beginCareful', { params, headers, body, key }),
    mendAll,
    async keep() {
      vi.setSystemTime(Date.now() + BROKEN_MS);
      await keepJournal();
    },
    read,
    async untilRest() {
      reach('look');
      for (let passed = 0; passed < LONGEST_MS; passed += TICK_MS) {
        await carryOn(defaultRegion().id);
        if (passed % (2 * TICK_MS) === 0) await keepJournal();
        if (Date.now() >= mendAt) mendAll();
        const isBroken = mendAt < Number.POSITIVE_INFINITY;
        const run = isBroken ? null : await read();
        if (run !== null && (run.state === 'paused' || run.is_final)) return;
        const [step] = run?.steps ?? [];
        if (step?.state === 'running') reach('running');
        if (step?.state === 'measuring') reach('measuring');
        vi.setSystemTime(Date.now() + TICK_MS);
      }
    },
    async resume() {
      headers = await headersNow();
      return send('resumeCareful', { params: { run: await idOf() }, headers, body: {} });
    },
    async endEarly() {
      await carryOn(defaultRegion().id);
      expect((await read())?.steps[0]?.state).toBe('being-made');
      headers = await headersNow();
      reach('end');
      return end();
    },
    async end() {
      headers = await headersNow();
      return end();
    },
    journal: async () => (await ask('acts', { headers })).body.acts,
    counts,
    log: world.log,
  };
}

const AFTER = { make: 'made', replace: 'replaced', start: 'started' } as const;

const readingOf = ({ headers, signal }: RequestInit): RequestInit => ({ method: 'GET', headers, signal });
