import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forgetEnv } from '@/lib/env';
import { openStore } from '@/lib/store/store';
import { MINUTE_MS } from '@/lib/units';
import { type Replica, startReplica } from '../faults/replica/replica';
import { type WatchedCloud, watchCloud } from '../faults/replica/watched-cloud';
import { checkPlan, startOf } from '../routes/acting';
import { forget } from '../routes/served-cloud';
import { openPostgresServer, type PostgresServer } from './server';

/** Two processes that share a PostgreSQL, and act on the same plan. */

let postgres: PostgresServer;
let cloud: WatchedCloud;
let replicas: [Replica, Replica];
const before = { ...process.env };

beforeAll(async () => {
  postgres = await openPostgresServer();
});
afterAll(() => {
  postgres.stop();
  postgres.remove();
});
afterEach(async () => {
  for (const replica of replicas) replica.signal('SIGKILL');
  await Promise.all(replicas.map((replica) => replica.hasDied()));
  await cloud.close();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  forgetEnv();
});

const store = (clock = Date.now) => openStore({ kind: 'postgres', url: postgres.url }, clock);

/** What two admins send who both have looked at the plan. */
async function open() {
  await postgres.empty();
  cloud = await watchCloud();
  forget();
  Object.assign(process.env, cloud.settings);
  forgetEnv();
  const [ops, visio] = await Promise.all(['ops', 'visio'].map((user) => cloud.headersOf(user)));
  if (!ops || !visio) throw new Error('Keystone gave no token.');
  const body = startOf(await checkPlan(cloud.params, { headers: ops, query: '?off=1' }), { off: '1' });
  const settings = { ...cloud.settings, DATABASE_URL: postgres.url };
  replicas = await Promise.all([startReplica(settings), startReplica(settings)]);
  return { given: { params: cloud.params, body }, ops, visio };
}

const entriesOf = async (planId: string) => {
  const shared = store();
  const entries = await shared.journal.list({ region: 'envvars', objectId: planId, limit: 10 });
  await shared.close();
  return entries.map(({ person, outcomes }) => [person, outcomes.map(({ outcome }) => outcome)]);
};

describe('two replicas', () => {
  it('start a plan once if two admins press at the same time', async () => {
    const { given, ops, visio } = await open();
    const [one, other] = replicas;
    const answers = await Promise.all([
      one.send('startPlan', { ...given, headers: ops, key: 'a-key-of-ops-00001' }),
      other.send('startPlan', { ...given, headers: visio, key: 'a-key-of-visio-0001' }),
    ]);
    expect(answers.map((answer) => answer?.status).sort()).toEqual([200, 409]);
    const refused = answers.find((answer) => answer?.status === 409);
    expect(refused?.body.refusal).toMatchObject({ code: expect.stringMatching(/^(under-way|already-started)$/) });
    expect(cloud.starts()).toBe(1);
    const done = (await entriesOf(cloud.plan.id)).filter(([, outcomes]) => outcomes?.includes('done'));
    expect(done).toHaveLength(1);
  });

  it('do the same act for the same key, whichever of them gets it', async () => {
    const { given, ops } = await open();
    const [one, other] = replicas;
    const same = { ...given, headers: ops, key: 'the-same-key-for-both' };
    const answers = await Promise.all([one.send('startPlan', same), other.send('startPlan', same)]);
    // Who came second is told that the act is under way, or gets its entry.
    expect(answers.some((answer) => answer?.status === 200)).toBe(true);
    const later = await Promise.all([one.send('startPlan', same), other.send('startPlan', same)]);
    expect(later.map((answer) => answer?.status)).toEqual([200, 200]);
    expect(new Set(later.map((answer) => answer?.body.id)).size).toBe(1);
    expect(cloud.starts()).toBe(1);
    expect(await entriesOf(cloud.plan.id)).toEqual([['ops', ['done']]]);
  });

  it('free the turn of one that died a minute after it was last heard of, and write once what it left', async () => {
    const { given, ops, visio } = await open();
    const [one, other] = replicas;
    cloud.onMoment = async (moment) => {
      if (moment !== 'skipped') return;
      one.signal('SIGKILL');
      await one.hasDied();
    };
    expect(await one.send('startPlan', { ...given, headers: ops, key: 'the-key-of-the-dead' })).toBeNull();
    cloud.onMoment = () => {};
    const refused = await other.send('startPlan', { ...given, headers: visio, key: 'a-key-of-visio-0002' });
    expect(refused?.body.refusal).toMatchObject({ code: 'under-way' });

    const settings = { ...cloud.settings, DATABASE_URL: postgres.url, CLOCK_AHEAD_MS: String(1.5 * MINUTE_MS) };
    const next = await Promise.all([startReplica(settings), startReplica(settings)]);
    await Promise.all(next.map((replica) => replica.keep()));
    expect(await entriesOf(cloud.plan.id)).toEqual([['ops', ['failed']]]);
    const again = await next[0].send('startPlan', { ...given, headers: ops, key: 'the-key-of-the-dead' });
    expect([again?.status, again?.body.type]).toEqual([502, '/api/problems/act-failed/']);
    for (const replica of next) replica.signal('SIGKILL');
    await Promise.all(next.map((replica) => replica.hasDied()));
    expect(cloud.starts()).toBe(0);
  });

  it('do not act after they lost their turn while they stood still', async () => {
    const { given, ops } = await open();
    const [one] = replicas;
    const { plan } = cloud;
    const later = store(() => Date.now() + 2 * MINUTE_MS);
    // Between the check and the intent, another act takes the turn that was not extended.
    let taken = false;
    cloud.onMoment = async (moment) => {
      if (moment === 'check') taken ||= await later.turns.take(`plan envvars ${plan.id}`, 'another act');
    };
    const refused = await one.send('startPlan', { ...given, headers: ops, key: 'the-key-of-the-slow' });
    expect(refused?.body.refusal).toMatchObject({ code: 'under-way' });
    expect([taken, cloud.starts(), await entriesOf(plan.id)]).toEqual([true, 0, []]);
    await later.close();
  });
});
