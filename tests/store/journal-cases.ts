import { expect, it } from 'vitest';
import type { Intent, OutcomeWord, Wanted } from '@/lib/store/journal';
import type { Store } from '@/lib/store/store';

/** What the journal and the turns do on every database. */

export const REGION = 'cloud/one';

export const intentOf = (id: string, more: Partial<Intent> = {}): Intent => ({
  id,
  at: 1_000,
  person: 'ops',
  userId: 'u1',
  domain: 'Default',
  address: '192.0.2.7',
  identifiedBy: 'session',
  account: 'own',
  region: REGION,
  act: 'start-plan',
  objectType: 'plan',
  objectId: `plan-${id}`,
  objectName: 'stabilize',
  auditId: null,
  reason: 'hot hosts',
  request: { moves: 4, off: [2, 3] },
  checked: { refusals: [] },
  ...more,
});

const outcomeOf = (actId: string, outcome: OutcomeWord, at: number) => ({
  id: `${actId}-${at}`,
  actId,
  at,
  outcome,
  detail: `${outcome} at ${at}`,
  requestIds: ['req-1'],
});

const dayOf = (day: number, used: number) => ({ zone: 'nova', resource: 'ram', day, used, capacity: 100 });

/** @param open a store with an empty database @param setClock what the time is from then on, in ms */
export function journalCases(open: () => Store, setClock: (now: number) => void): void {
  it('keeps an act as it was meant, and what became of it', async () => {
    const { journal, close } = open();
    await journal.addIntent(intentOf('a'));
    expect((await journal.find('a'))?.outcomes).toEqual([]);
    await journal.addOutcome(outcomeOf('a', 'unknown', 1_100));
    await journal.addOutcome(outcomeOf('a', 'done', 1_200));
    expect(await journal.find('a')).toEqual({
      ...intentOf('a'),
      outcomes: [outcomeOf('a', 'unknown', 1_100), outcomeOf('a', 'done', 1_200)],
    });
    expect(await journal.find('b')).toBeNull();
    await close();
  });

  it('lists the newest acts first, page by page', async () => {
    const { journal, close } = open();
    await journal.addIntent(intentOf('a', { at: 1 }));
    await journal.addIntent(intentOf('b', { at: 2 }));
    await journal.addIntent(intentOf('c', { at: 2 }));
    const ids = async (wanted: Omit<Wanted, 'region'>) =>
      (await journal.list({ region: REGION, ...wanted })).map(({ id }) => id);
    expect(await ids({ limit: 2 })).toEqual(['c', 'b']);
    expect(await ids({ limit: 2, after: { at: 2, id: 'b' } })).toEqual(['a']);
    await journal.addOutcome(outcomeOf('a', 'done', 3));
    expect(await ids({ limit: 9, since: 2 })).toEqual(['b', 'c', 'a']);
    expect(await ids({ limit: 1, since: 3 })).toEqual(['a']);
    await close();
  });

  it('finds the acts of one kind on several objects, newest first', async () => {
    const { journal, close } = open();
    await journal.addIntent(intentOf('a', { at: 1 }));
    await journal.addIntent(intentOf('b', { at: 2 }));
    await journal.addIntent(intentOf('c', { at: 3, objectId: 'plan-a', act: 'cancel-plan' }));
    await journal.addIntent(intentOf('d', { at: 4, objectId: 'plan-a' }));
    await journal.addOutcome(outcomeOf('d', 'done', 5));
    const found = await journal.listOn({ region: REGION, objectIds: ['plan-a', 'plan-x'], acts: ['start-plan'] });
    expect(found.map(({ id, outcomes }) => [id, outcomes.length])).toEqual([
      ['d', 1],
      ['a', 0],
    ]);
    expect(await journal.listOn({ region: REGION, objectIds: [], acts: ['start-plan'] })).toEqual([]);
    await close();
  });

  it('finds acts by object and by text in any case, a percent sign included', async () => {
    const { journal, close } = open();
    await journal.addIntent(intentOf('a', { person: 'Ada' }));
    await journal.addIntent(intentOf('b', { reason: '90 % full' }));
    const ids = async (text: string) => (await journal.list({ region: REGION, limit: 9, text })).map(({ id }) => id);
    expect([await ids('ADA'), await ids('90 %'), await ids('%%%%%%%%%%%%')]).toEqual([['a'], ['b'], []]);
    expect((await journal.list({ region: REGION, limit: 9, objectId: 'plan-b' })).map(({ id }) => id)).toEqual(['b']);
    await close();
  });

  it('keeps the acts of regions apart, also on objects with the same name', async () => {
    const { journal, close } = open();
    await journal.addIntent(intentOf('a', { objectId: 'host-1', act: 'close-host' }));
    await journal.addIntent(intentOf('b', { objectId: 'host-1', act: 'close-host', region: 'cloud/two' }));
    const two = { region: 'cloud/two', objectIds: ['host-1'], acts: ['close-host'] };
    expect((await journal.list({ region: 'cloud/two', limit: 9 })).map(({ id }) => id)).toEqual(['b']);
    expect((await journal.listOn(two)).map(({ id }) => id)).toEqual(['b']);
    expect((await journal.listOn({ ...two, region: REGION })).map(({ id }) => id)).toEqual(['a']);
    await close();
  });

  it('gives rows from before regions had names to the region that they are of', async () => {
    const { adopt, journal, carefulRuns, capacityDays: days, close } = open();
    await journal.addIntent(intentOf('a', { region: 'default' }));
    await journal.addIntent(intentOf('b', { region: 'cloud/two' }));
    const run = { id: 'run-1', region: 'default', state: 'paused', object: 'plan-a', createdAt: 1, document: {} };
    await carefulRuns.add(run);
    await days.note('default', [dayOf(1, 10), dayOf(2, 20)]);
    await days.note(REGION, [dayOf(2, 99)]);
    await adopt({ from: ['default', 'cloud'], to: REGION });
    await adopt({ from: ['default', 'cloud'], to: REGION });
    expect((await journal.list({ region: REGION, limit: 9 })).map(({ id }) => id)).toEqual(['a']);
    expect((await journal.list({ region: 'cloud/two', limit: 9 })).map(({ id }) => id)).toEqual(['b']);
    expect((await carefulRuns.list({ region: REGION, limit: 9 })).map(({ id }) => id)).toEqual(['run-1']);
    // The day that was noted under the new name stays.
    expect(await days.list(REGION, 0)).toEqual([dayOf(1, 10), dayOf(2, 99)]);
    expect(await days.list('default', 0)).toEqual([]);
    await close();
  });

  it('knows acts without a certain end, the oldest first', async () => {
    const { journal, close } = open();
    setClock(10_000);
    for (const id of ['a', 'b', 'c']) await journal.addIntent(intentOf(id, { at: id === 'c' ? 1 : 2 }));
    await journal.addOutcome(outcomeOf('a', 'done', 3));
    await journal.addOutcome(outcomeOf('b', 'unknown', 3));
    expect((await journal.listOpen()).map(({ id }) => id)).toEqual(['c', 'b']);
    await close();
  });

  it('removes old acts whole, and records how many', async () => {
    const { journal, close } = open();
    setClock(500);
    await journal.addIntent(intentOf('a', { at: 1 }));
    await journal.addOutcome(outcomeOf('a', 'done', 400));
    await journal.addIntent(intentOf('b', { at: 300 }));
    await journal.cut(300, 'cut-1');
    await journal.cut(300, 'cut-2');
    expect((await journal.list({ region: REGION, limit: 9 })).map(({ id }) => id)).toEqual(['b']);
    expect(await journal.listCuts()).toEqual([{ at: 500, before: 300, acts: 1 }]);
    await close();
  });

  it('gives the turn of an object to one act at a time', async () => {
    const { turns, close } = open();
    setClock(0);
    const taken = await Promise.all(['a', 'b', 'c'].map((id) => turns.take('plan 1', id)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const owner = ['a', 'b', 'c'][taken.indexOf(true)] ?? '';
    expect(await turns.take('plan 2', 'x')).toBe(true);
    await turns.release('plan 1', 'nobody');
    expect(await turns.isTaken(owner)).toBe(true);
    await turns.release('plan 1', owner);
    expect(await turns.take('plan 1', 'd')).toBe(true);
    await close();
  });

  it('takes the turn from an act that has not extended it for a minute', async () => {
    const { turns, close } = open();
    setClock(0);
    await turns.take('plan 1', 'a');
    setClock(50_000);
    expect(await turns.extend('plan 1', 'a')).toBe(true);
    setClock(60_000);
    expect(await turns.take('plan 1', 'b')).toBe(false);
    setClock(110_000);
    expect(await turns.take('plan 1', 'b')).toBe(true);
    expect(await turns.isTaken('a')).toBe(false);
    expect(await turns.extend('plan 1', 'a')).toBe(false);
    await close();
  });

  it('gives the same act for the same key for a day', async () => {
    const { journal, turns, close } = open();
    setClock(0);
    expect(await turns.claim('key', 'body', 'a')).toBeNull();
    await journal.addIntent(intentOf('a'));
    expect(await turns.claim('key', 'other', 'b')).toEqual({ actId: 'a', bodyDigest: 'body' });
    await turns.unclaim('key', 'nobody');
    setClock(86_399_999);
    expect(await turns.claim('key', 'body', 'c')).toEqual({ actId: 'a', bodyDigest: 'body' });
    setClock(86_400_000);
    expect(await turns.claim('key', 'body', 'd')).toBeNull();
    await turns.unclaim('key', 'd');
    expect(await turns.claim('key', 'body', 'e')).toBeNull();
    await close();
  });

  it('gives the key of an act that never began to the next one, a minute later', async () => {
    const { turns, close } = open();
    setClock(0);
    expect(await turns.claim('key', 'body', 'a')).toBeNull();
    await turns.take('plan 1', 'a');
    setClock(59_999);
    await turns.extend('plan 1', 'a');
    setClock(60_000);
    expect(await turns.claim('key', 'body', 'b')).toEqual({ actId: 'a', bodyDigest: 'body' });
    setClock(119_999);
    const claimed = await Promise.all(['b', 'c'].map((id) => turns.claim('key', 'body', id)));
    expect(claimed.filter((known) => known === null)).toHaveLength(1);
    await close();
  });
}
