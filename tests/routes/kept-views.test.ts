import { afterEach, describe, expect, it, vi } from 'vitest';
import { asServer } from '@/lib/dashboard/access/visitors';
import { type ReadingSet, takeComplete } from '@/lib/dashboard/collect/reading-set';
import { ALL_READINGS } from '@/lib/dashboard/collect/reading-values';
import { cachedReading } from '@/lib/dashboard/collect/readings';
import { regionIdOf } from '@/lib/dashboard/process/region';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readAuditList, readAuditOnPage } from '@/lib/dashboard/views/audits';
import { keepView } from '@/lib/dashboard/views/kept-view';
import { readPhysical } from '@/lib/dashboard/views/overview';
import { readProposal } from '@/lib/dashboard/views/proposal';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { servedCloud } from './served-cloud';

/** Views of pages that are kept, as a page asks for them. */

const MINUTE_MS = 60_000;
const served = servedCloud(CLOUD, { ...ACTS, ACTIONS: 'service' });
afterEach(() => vi.useRealTimers());

const take = () => asServer(() => takeComplete(defaultRegion().id, ALL_READINGS));
const readAgain = async (name: 'inventory' | 'optimizer') => (await cachedReading(defaultRegion().id, name)).refresh();

function counted(readings: ReadingSet, more: { name?: string; forMs?: number; others?: unknown[] } = {}) {
  let made = 0;
  const keep = (given: ReadingSet = readings, others = more.others) =>
    keepView({ name: 'counted', names: ['inventory'], ...more, others, readings: given }, () => ({ made: ++made }));
  return { keep, times: () => made };
}

describe('a kept view', () => {
  it('is made once while the readings that it uses are the same, also for requests at the same time', async () => {
    const { keep, times } = counted(await take());
    await Promise.all([keep(), keep(await take())]);
    await readAgain('optimizer');
    expect(await keep(await take())).toEqual({ made: 1 });
    expect(times()).toBe(1);
  });

  it('is made again from new readings, for another region and from other parts', async () => {
    const readings = await take();
    const [one, other] = [{}, {}];
    const { keep } = counted(readings);
    expect(await keep(readings, [one])).toEqual({ made: 1 });
    expect(await keep(readings, [other])).toEqual({ made: 2 });
    expect(await keep({ ...readings, region: regionIdOf('other', null) }, [other])).toEqual({ made: 3 });
    expect(await keep(readings, [other])).toEqual({ made: 2 });
    await readAgain('inventory');
    expect(await keep(await take(), [other])).toEqual({ made: 4 });
  });

  it('is made again once its time is over, if it depends on the clock', async () => {
    const readings = await take();
    const { keep } = counted(readings, { forMs: MINUTE_MS });
    vi.useFakeTimers({ toFake: ['performance'] });
    await keep();
    vi.advanceTimersByTime(MINUTE_MS - 1);
    expect(await keep()).toEqual({ made: 1 });
    vi.advanceTimersByTime(1);
    expect(await keep()).toEqual({ made: 2 });
  });

  it('is not kept if it could not be made', async () => {
    const readings = await take();
    const from = { name: 'failing', readings, names: ['inventory'] as const };
    await expect(keepView(from, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await keepView(from, () => 'made')).toBe('made');
  });

  it('shows characters that change the direction of text by their code', async () => {
    const readings = await take();
    const from = { name: 'bidi', readings, names: ['inventory'] as const };
    expect(await keepView(from, () => ({ vm: 'a\u202eb' }))).toEqual({ vm: 'a[U+202E]b' });
  });
});

describe('what pages show', () => {
  const region = () => defaultRegion().id;
  const propose = (mayAct = false) => asServer(() => readProposal(region(), async () => mayAct));

  it('says to each visitor whether they may act', async () => {
    const [no, yes, again] = [await propose(false), await propose(true), await propose(false)];
    const told = [no, yes, again].map((view) => view.ok && view.data.mayAct);
    expect(told).toEqual([false, true, false]);
  });

  it('has a plan among those that run as soon as somebody has started it', async () => {
    served.configure({ DATA_DIR: folder() });
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, 'ops');
    const { params } = planOf(served.simulation, 'stabilize-production');
    const running = async () => {
      const view = await propose();
      return view.ok ? view.data.running.map((plan) => [plan.plan_id, plan.started?.person]) : [];
    };
    expect((await running()).flat()).not.toContain(params.plan);
    const { body } = await send('startPlan', { params, headers, body: startOf(await checkPlan(params, { headers })) });
    expect(body.outcome).toBe('done');
    expect(await running()).toContainEqual([params.plan, 'ops']);
  });

  it('has the state of the readings as it is, not as it was when the view was made', async () => {
    served.configure({ DASHBOARD_CACHE_TTL: '1', DASHBOARD_MAX_STALE: '900' });
    const stateOf = async () => {
      const view = await asServer(() => readPhysical(region()));
      return view.ok ? view.data.readings.load.state : null;
    };
    expect(await stateOf()).toBe('fresh');
    served.simulation.faults.set('prometheus', { status: 503 });
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + MINUTE_MS);
    expect(await stateOf()).toBe('stale');
  });

  it('is the same object for everyone, so that it is encoded once', async () => {
    const [list, again] = await Promise.all(
      [1, 2].map(() => asServer(() => readAuditList(region(), { limit: 5, offset: 0 }))),
    );
    expect(list?.ok && again?.ok && list.data === again.data).toBe(true);
    const id = list?.ok ? (list.data.audits[0]?.id ?? '') : '';
    const details = [1, 2].map(() => asServer(() => readAuditOnPage(region(), id, false)));
    const [one, two] = await Promise.all(details);
    expect(one?.ok && two?.ok && one.data.detail !== null && one.data.detail === two.data.detail).toBe(true);
  });

  it('leaves a large audit to the browser, unless it is asked for as a whole', async () => {
    served.serve({ hosts: 520, servers: 520, audits: 4 });
    const list = await asServer(() => readAuditList(region(), { limit: 1, offset: 0 }));
    const { id = '', name } = (list.ok && list.data.audits[0]) || {};
    const [brief, whole] = [
      await asServer(() => readAuditOnPage(region(), id, false)),
      await asServer(() => readAuditOnPage(region(), id, true)),
    ];
    expect(brief).toEqual({ ok: true, data: { id, name, detail: null } });
    expect(whole?.ok && whole.data.detail?.projection?.hosts).toHaveLength(520);
  });
});
