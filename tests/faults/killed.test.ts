import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ActView } from '@/lib/contract/v1/acts';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { theStore } from '@/lib/dashboard/sources/store';
import { forgetEnv } from '@/lib/env';
import { ConnectionReset } from '@/lib/simulation/faults';
import { checkPlan, folder, send, startOf } from '../routes/acting';
import { ask, forget } from '../routes/served-cloud';
import { startReplica } from './replica/replica';
import { type Moment, type WatchedCloud, watchCloud } from './replica/watched-cloud';

/** `kill -9` of a process in the middle of a start, and what the next process finds in its DATA_DIR and does about it. */

const KEY = 'the-key-of-the-killed';
const LATER_MS = 90_000;

type Killed = {
  /** When the process dies: after its store has done that, or at a moment at Watcher. */
  at: 'claim' | 'turn' | 'intent' | 'outcome' | Moment;
  /** What the next process finds: outcomes in the journal; null without an entry. */
  finds: string[] | null;
  skipped: number;
  starts: number;
  /** What it writes a minute later, and answers to the same key. */
  ends: string | null;
  again: [status: number, outcome: string];
};

const KILLED: Killed[] = [
  { at: 'claim', finds: null, skipped: 0, starts: 0, ends: null, again: [200, 'done'] },
  { at: 'turn', finds: null, skipped: 0, starts: 0, ends: null, again: [200, 'done'] },
  { at: 'intent', finds: [], skipped: 0, starts: 0, ends: 'refused', again: [409, 'act-refused'] },
  { at: 'skip', finds: [], skipped: 0, starts: 0, ends: 'refused', again: [409, 'act-refused'] },
  { at: 'skipped', finds: [], skipped: 1, starts: 0, ends: 'failed', again: [502, 'act-failed'] },
  { at: 'start', finds: [], skipped: 1, starts: 0, ends: 'failed', again: [502, 'act-failed'] },
  { at: 'started', finds: [], skipped: 1, starts: 1, ends: 'done', again: [200, 'done'] },
  { at: 'read', finds: [], skipped: 1, starts: 1, ends: 'done', again: [200, 'done'] },
  { at: 'outcome', finds: ['done'], skipped: 1, starts: 1, ends: 'done', again: [200, 'done'] },
];

const before = { ...process.env };
afterEach(() => {
  vi.useRealTimers();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  forgetEnv();
});

/** This process takes the place of the one that died. */
function takeOver(cloud: WatchedCloud, DATA_DIR: string): void {
  forget();
  Object.assign(process.env, cloud.settings, { DATA_DIR });
  forgetEnv();
}

describe('after kill -9', () => {
  it.each(KILLED.map((one) => [one.at, one] as const))('at: %s', async (at, expected) => {
    const cloud = await watchCloud();
    const DATA_DIR = folder();
    takeOver(cloud, folder());
    const headers = await cloud.headersOf('ops');
    const check = await checkPlan(cloud.params, { headers, query: '?off=1' });
    const body = startOf(check, { off: '1' });
    const given = { params: cloud.params, headers, body };

    const replica = await startReplica({ ...cloud.settings, DATA_DIR, DIE_AFTER: at });
    cloud.onMoment = async (moment) => {
      if (moment !== at) return;
      replica.signal('SIGKILL');
      await replica.hasDied();
      throw new ConnectionReset();
    };
    expect(await replica.send('startPlan', { ...given, key: KEY })).toBeNull();
    cloud.onMoment = () => {};

    takeOver(cloud, DATA_DIR);
    const journal = async (): Promise<ActView[]> => (await ask('acts', { headers })).body.acts;
    const skipped = cloud.plan.actions.filter(({ state }) => state === 'SKIPPED').length;
    const found = await journal();
    expect({
      finds: found[0]?.outcomes.map(({ outcome }) => outcome) ?? null,
      skipped,
      starts: cloud.starts(),
    }).toEqual({ finds: expected.finds, skipped: expected.skipped, starts: expected.starts });

    // At once, nobody can act on the plan: the turn of the process that died has not run out.
    const atOnce = await send('startPlan', { ...given, key: KEY });
    if (at === 'outcome') expect(atOnce.status).toBe(200);
    else expect([atOnce.status, atOnce.body.refusal]).toMatchObject([409, { code: 'under-way' }]);
    if (at !== 'claim') {
      const other = await send('startPlan', { ...given, headers: await cloud.headersOf('visio') });
      expect(other.body.refusal).toMatchObject({ code: 'under-way' });
    }

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + LATER_MS });
    await theStore()?.close();
    takeOver(cloud, DATA_DIR);
    await keepJournal();
    expect((await journal())[0]?.outcome ?? null).toBe(expected.ends);
    const again = await send('startPlan', { ...given, key: KEY });
    const said = again.status === 200 ? again.body.outcome : String(again.body.type).split('/').at(-2);
    expect([again.status, said]).toEqual(expected.again);
    expect(cloud.starts()).toBe(expected.again[0] === 200 ? 1 : expected.starts);
    expect((await journal()).filter(({ outcome }) => outcome === 'done')).toHaveLength(cloud.starts());
    await theStore()?.close();
    await cloud.close();
  });
});
