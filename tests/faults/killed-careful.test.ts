import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { theStore } from '@/lib/dashboard/sources/store';
import { forgetEnv } from '@/lib/env';
import { ConnectionReset } from '@/lib/simulation/faults';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { checkPlan, folder, send, startOf } from '../routes/acting';
import { ask, forget } from '../routes/served-cloud';
import { signedInToAct } from '../routes/signed-in';
import { hasAllPairs } from './choose-pairs';
import { startReplica } from './replica/replica';
import { type Moment, type WatchedCloud, watchCloud } from './replica/watched-cloud';
import { countSteps, expectDoneOnce } from './step-counts';

/** `kill -9` of the process that carries a careful run on, and what the next process makes of it. */

const TICK_MS = 20 * SECOND_MS;
/** The turns of the process that died have run out by then. */
const LATER_MS = 2 * MINUTE_MS;

/** After its store has done that, the nth time; or at a moment at Watcher. */
type Kill = `${'run' | 'change' | 'intent' | 'outcome' | 'claim'} ${number}` | Moment;

/** The first intent, claim and outcome are those of the act that begins the run. */
const KILLED: Kill[] = [
  'run 1',
  'outcome 1',
  'change 1',
  'claim 2',
  'intent 2',
  'make',
  'made',
  'outcome 2',
  'change 2',
  'change 3',
  'intent 3',
  'cancel',
  'cancelled',
  'outcome 3',
  'change 4',
  'intent 4',
  'start',
  'started',
  'outcome 4',
  'change 5',
  'change 6',
];
const OF_PERSON: Kill[] = ['cancelled', 'run 1', 'started', 'made', 'change 5'];
/** Each takes some seconds: every second one, unless all are wanted. */
const chosen = (all: Kill[]): Kill[] => all.filter((_, at) => hasAllPairs || at % 2 === 0);
const LONGEST_TEST_MS = 2 * MINUTE_MS;

const before = { ...process.env };
afterEach(() => {
  vi.useRealTimers();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  forgetEnv();
});

/** This process takes the place of another one. */
function takeOver(cloud: WatchedCloud, settings: Record<string, string>): void {
  forget();
  Object.assign(process.env, cloud.settings, settings);
  forgetEnv();
}

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** Lets a run go on here until it is at rest. */
async function untilRest(read: () => Promise<CarefulRunView>): Promise<CarefulRunView> {
  for (let passed = 0; passed < 60 * MINUTE_MS; passed += TICK_MS) {
    await carryOn(defaultRegion().id);
    await keepJournal();
    const run = await read();
    if (run.state !== 'running') return run;
    pass(TICK_MS);
  }
  throw new Error(`The run stays as it is: ${JSON.stringify(await read())}`);
}

async function killAt(at: Kill, mode: 'person' | 'service') {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const cloud = await watchCloud();
  const settings = { ACTIONS: mode, DATA_DIR: folder() };
  takeOver(cloud, { ...settings, DATA_DIR: folder() });
  const headers = await cloud.headersOf('ops');
  const check = await checkPlan(cloud.params, { headers, query: '?off=1' });
  await theStore()?.close();
  const counts = countSteps(cloud.simulation);
  const replica = await startReplica({ ...cloud.settings, ...settings, DIE_AFTER: at });
  let isDead = false;
  void replica.hasDied().then(() => {
    isDead = true;
  });
  cloud.onMoment = async (moment) => {
    if (moment !== at) return;
    replica.signal('SIGKILL');
    await replica.hasDied();
    throw new ConnectionReset();
  };
  const body = startOf(check, { off: '1' });
  const given = { params: cloud.params, headers, body, key: 'the-key-of-the-killed', now: Date.now() };
  const begun = await replica.send('beginCareful', given);
  for (let passed = 0; begun !== null && !isDead && passed < 10 * MINUTE_MS; passed += TICK_MS) {
    await replica.carry(Date.now());
    pass(TICK_MS);
  }
  await replica.hasDied();
  cloud.onMoment = () => {};
  pass(LATER_MS);
  takeOver(cloud, settings);
  const fresh = await cloud.headersOf('ops');
  const id: string = (await ask('carefulRuns', { headers: fresh })).body.runs[0].id;
  return {
    cloud,
    id,
    counts,
    moves: check.will.vms,
    headers: fresh,
    read: async (): Promise<CarefulRunView> => (await ask('carefulRun', { headers: fresh, params: { run: id } })).body,
    journal: async (): Promise<ActView[]> => (await ask('acts', { headers: fresh })).body.acts,
    async close() {
      await theStore()?.close();
      await cloud.close();
    },
  };
}

describe('after kill -9 in a careful run', () => {
  it.each(chosen(KILLED))(
    'the next process goes on with the account of the server, at: %s',
    async (at) => {
      const { cloud, id, headers, read, journal, close, ...done } = await killAt(at, 'service');
      let run = await untilRest(read);
      // A step brings little in this cloud.
      for (let i = 0; i < done.moves && run.state === 'paused'; i++) {
        expect(run.why?.code).toBe('little');
        expect((await send('resumeCareful', { params: { run: id }, headers, body: {} })).status).toBe(200);
        run = await untilRest(read);
      }
      expectDoneOnce({ ...done, plan: cloud.plan, run, acts: await journal() });
      await close();
    },
    LONGEST_TEST_MS,
  );

  it.each(chosen(OF_PERSON))(
    'the next process starts nothing until the person has signed in, at: %s',
    async (at) => {
      const { cloud, id, read, journal, close, counts, moves } = await killAt(at, 'person');
      const begun = counts.starts().length;
      let run = await untilRest(read);
      expect(run.why?.code).toBe('sign-in');
      expect(counts.starts()).toHaveLength(begun);
      for (let i = 0; i <= moves && run.state === 'paused'; i++) {
        const headers = await signedInToAct('ops');
        expect((await send('resumeCareful', { params: { run: id }, headers, body: {} })).status).toBe(200);
        run = await untilRest(read);
      }
      expectDoneOnce({ counts, moves, plan: cloud.plan, run, acts: await journal() });
      await close();
    },
    LONGEST_TEST_MS,
  );
});
