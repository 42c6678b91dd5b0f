import { describe, expect, it } from 'vitest';
import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { theStore } from '@/lib/dashboard/sources/store';
import { MINUTE_MS } from '@/lib/units';
import { intentOf } from '../store/journal-cases';
import { ACTS, asUser, CLOUD, folder, planOf } from './acting';
import { ask, servedCloud } from './served-cloud';

/** What a server finds in its journal that ended in the middle of an act. */
describe('an act whose end nobody wrote down', () => {
  const served = servedCloud(CLOUD, ACTS);

  async function leave(more: Parameters<typeof intentOf>[1], ageMs = 2 * MINUTE_MS) {
    served.configure({ DATA_DIR: folder() });
    const { plan, params } = planOf(served.simulation, 'stabilize-production');
    const intent = intentOf('act', { at: Date.now() - ageMs, region: defaultRegion().id, objectId: plan.id, ...more });
    await theStore()?.journal.addIntent(intent);
    return { plan, params };
  }
  const outcomes = async () => {
    const headers = await asUser(served.simulation, 'ops');
    const { body } = await ask('acts', { headers });
    return body.acts[0].outcomes.map(({ outcome, detail }: Record<string, string>) => [outcome, detail]);
  };

  it('was done if Watcher has taken the plan', async () => {
    const { plan } = await leave({ request: {} });
    plan.state = 'ONGOING';
    await keepJournal();
    await keepJournal();
    expect(await outcomes()).toEqual([['done', 'Found later: Watcher has taken it: the plan is ONGOING.']]);
  });

  it('was not done if the plan still waits', async () => {
    await leave({ request: {} });
    await keepJournal();
    expect(await outcomes()).toEqual([['refused', 'Found later: The plan still waits: it was not started.']]);
  });

  it('was done in part if actions were skipped before it', async () => {
    const { plan } = await leave({ request: { off: '1' } });
    const [first, second] = plan.actions;
    if (!first || !second) throw new Error('The plan has too few actions.');
    // Only what this act was to skip counts.
    for (const skipped of [first, second]) skipped.state = 'SKIPPED';
    const open = intentOf('parts', {
      region: defaultRegion().id,
      at: Date.now() - 2 * MINUTE_MS,
      objectId: plan.id,
      checked: { left_out: [first.id] },
    });
    await theStore()?.journal.addIntent(open);
    await keepJournal();
    expect((await theStore()?.journal.find('parts'))?.outcomes.map(({ outcome, detail }) => [outcome, detail])).toEqual(
      [['failed', 'Found later: The plan still waits: it was not started, but 1 action is skipped for good.']],
    );
    expect((await theStore()?.journal.find('act'))?.outcomes[0]?.outcome).toBe('refused');
  });

  it('was not done if a later act did it', async () => {
    const { plan } = await leave({ request: {} }, 5 * MINUTE_MS);
    await theStore()?.journal.addIntent(
      intentOf('later', { region: defaultRegion().id, at: Date.now() - 4 * MINUTE_MS, objectId: plan.id }),
    );
    plan.state = 'ONGOING';
    await keepJournal();
    const endOf = async (id: string) => (await theStore()?.journal.find(id))?.outcomes.at(-1);
    expect(await endOf('later')).toMatchObject({ outcome: 'done' });
    expect(await endOf('act')).toMatchObject({
      outcome: 'refused',
      detail: 'Found later: A later act did it, not this one.',
    });
  });

  it('is judged a minute after it was last heard of', async () => {
    await leave({ request: {} });
    const heard = { id: 'o1', actId: 'act', outcome: 'unknown' as const, detail: 'no answer', requestIds: [] };
    await theStore()?.journal.addOutcome({ ...heard, at: Date.now() - 30_000 });
    await keepJournal();
    expect((await outcomes()).length).toBe(1);
  });

  it('is left alone while its request may still arrive, or another process works on it', async () => {
    const { plan } = await leave({ request: {} }, 30_000);
    await keepJournal();
    expect(await outcomes()).toEqual([]);
    await theStore()?.journal.addIntent(
      intentOf('held', { region: defaultRegion().id, at: Date.now() - 5 * MINUTE_MS, objectId: plan.id, request: {} }),
    );
    await theStore()?.turns.take('plan held', 'held');
    await keepJournal();
    expect((await theStore()?.journal.find('held'))?.outcomes).toEqual([]);
  });

  it('stays unknown while Watcher does not answer', async () => {
    await leave({ request: {} });
    served.simulation.setFault('watcher', { status: 503 });
    await keepJournal();
    expect(await outcomes()).toEqual([]);
  });
});

describe('an old journal', () => {
  const served = servedCloud(CLOUD, { ...ACTS, JOURNAL_DAYS: '30' });

  it('loses acts whole, and says so', async () => {
    served.configure({ DATA_DIR: folder() });
    const day = 24 * 60 * MINUTE_MS;
    await theStore()?.journal.addIntent(intentOf('old', { region: defaultRegion().id, at: Date.now() - 31 * day }));
    await theStore()?.journal.addIntent(intentOf('young', { region: defaultRegion().id, at: Date.now() - 29 * day }));
    await keepJournal();
    const { body } = await ask('acts', { headers: await asUser(served.simulation, 'ops') });
    expect(body.acts.map(({ id }: { id: string }) => id)).toEqual(['young']);
    expect(body.cuts).toMatchObject([{ acts: 1 }]);
  });
});
