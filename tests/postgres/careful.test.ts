import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CarefulRunView } from '@/lib/contract/v1/careful';
import { theStore } from '@/lib/dashboard/sources/store';
import { forgetEnv } from '@/lib/env';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { type Replica, startReplica } from '../faults/replica/replica';
import { type WatchedCloud, watchCloud } from '../faults/replica/watched-cloud';
import { countSteps, expectDoneOnce, type StepCounts } from '../faults/step-counts';
import { checkPlan, startOf } from '../routes/acting';
import { ask, forget } from '../routes/served-cloud';
import { signedIn } from '../routes/signed-in';
import { openPostgresServer, type PostgresServer } from './server';

/** Two processes that share a PostgreSQL, and carry on the same careful run. */

const TICK_MS = 20 * SECOND_MS;
const LONGEST_TEST_MS = 3 * MINUTE_MS;

let postgres: PostgresServer;
let cloud: WatchedCloud;
let counts: StepCounts;
let replicas: [Replica, Replica];
const before = { ...process.env };

beforeAll(async () => {
  postgres = await openPostgresServer();
});
afterAll(() => {
  postgres.stop();
  postgres.remove();
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() }));
afterEach(async () => {
  vi.useRealTimers();
  for (const replica of replicas) replica.signal('SIGKILL');
  await Promise.all(replicas.map((replica) => replica.hasDied()));
  await theStore()?.close();
  await cloud.close();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  forgetEnv();
});

async function open(mode: 'person' | 'service') {
  await postgres.empty();
  cloud = await watchCloud();
  forget();
  const settings = { ...cloud.settings, ACTIONS: mode, DATABASE_URL: postgres.url };
  Object.assign(process.env, settings);
  forgetEnv();
  const headers = await cloud.headersOf('ops');
  const check = await checkPlan(cloud.params, { headers, query: '?off=1' });
  counts = countSteps(cloud.simulation);
  replicas = await Promise.all([startReplica(settings), startReplica(settings)]);
  const given = { params: cloud.params, body: startOf(check, { off: '1' }), key: 'the-key-of-the-careful-run' };
  const read = async (): Promise<CarefulRunView> => {
    const { runs } = (await ask('carefulRuns', { headers })).body;
    return (await ask('carefulRun', { headers, params: { run: runs[0].id } })).body;
  };
  const journal = async () => (await ask('acts', { headers })).body.acts;
  return { given, headers, read, journal, moves: check.will.vms, plan: cloud.plan };
}

/** What the time is there, too. */
const now = () => ({ now: Date.now() });
let acts = 0;
const newKey = () => `a-key-of-the-tests-${++acts}-here`;

/** Both look at the run at the same time, until it is at rest. */
async function untilRest(read: () => Promise<CarefulRunView>): Promise<CarefulRunView> {
  for (let passed = 0; passed < 60 * MINUTE_MS; passed += TICK_MS) {
    await Promise.all(replicas.map((replica) => replica.carry(Date.now())));
    const run = await read();
    if (run.state !== 'running') return run;
    vi.setSystemTime(Date.now() + TICK_MS);
  }
  throw new Error(`The run stays as it is: ${JSON.stringify(await read())}`);
}

async function untilEnd(read: () => Promise<CarefulRunView>, headers: Record<string, string>): Promise<CarefulRunView> {
  let run = await untilRest(read);
  for (let resumed = 0; run.state === 'paused' && resumed < 2; resumed++) {
    // A step brings little in this cloud.
    expect(run.why?.code).toBe('little');
    const asked = { params: { run: run.id }, body: {}, headers, key: newKey(), ...now() };
    expect((await replicas[0].send('resumeCareful', asked))?.status).toBe(200);
    run = await untilRest(read);
  }
  return run;
}

/** The headers of a browser that has given the password to the first replica. */
async function toActThere(): Promise<Record<string, string>> {
  const headers = await signedIn('ops');
  const given = { params: {}, body: { password: 'simulated' }, headers, key: newKey(), ...now() };
  const cookie = (await replicas[0].send('actingSignIn', given))?.cookie;
  return { ...headers, cookie: `${headers.cookie}; ${cookie}` };
}

describe('two replicas', () => {
  it(
    'carry a careful run on together, and do nothing of it twice',
    async () => {
      const { given, headers, read, journal, ...done } = await open('service');
      const begun = await replicas[0].send('beginCareful', { ...given, headers, ...now() });
      expect(begun?.status).toBe(200);
      const run = await untilEnd(read, headers);
      expectDoneOnce({ ...done, counts, run, acts: await journal() });
    },
    LONGEST_TEST_MS,
  );

  it(
    'leave the run of a person to the one that has the password',
    async () => {
      const { given, read, journal, ...done } = await open('person');
      const headers = await toActThere();
      expect((await replicas[0].send('beginCareful', { ...given, headers, ...now() }))?.status).toBe(200);
      const run = await untilEnd(read, headers);
      expectDoneOnce({ ...done, counts, run, acts: await journal() });
    },
    LONGEST_TEST_MS,
  );

  it(
    'start nothing for a person any more once the one that has the password is gone',
    async () => {
      const { given, read } = await open('person');
      const headers = await toActThere();
      expect((await replicas[0].send('beginCareful', { ...given, headers, ...now() }))?.status).toBe(200);
      await replicas[0].carry(Date.now());
      replicas[0].signal('SIGKILL');
      await replicas[0].hasDied();
      const run = await untilRest(read);
      expect(run.why?.code).toBe('sign-in');
      expect(counts.starts()).toEqual([]);
    },
    LONGEST_TEST_MS,
  );
});
