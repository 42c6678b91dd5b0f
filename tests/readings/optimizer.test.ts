import { describe, expect, it } from 'vitest';
import { candidatePlans, groupPlans } from '@/lib/domain/plans/plan';
import { isRunning } from '@/lib/domain/plans/states';
import { type Optimizer, type OptimizerReader, openOptimizerReader } from '@/lib/readings/optimizer';
import type { SimAction, SimAudit, SimPlan } from '@/lib/simulation/model';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { type Scene, simulatedScene } from './simulated';

const scene = simulatedScene({ hosts: 24, servers: 100, audits: 28 });

const open = (everyMs = HOUR_MS) =>
  openOptimizerReader(
    scene.session,
    { wanted: (plans) => [...groupPlans(plans).values()].flatMap(candidatePlans), isRunning },
    { clock: () => scene.now, everyMs, pauseMs: 0 },
  );

/** The contents of a reading and of the cloud, limited to the actions of plans that are read. */
const seen = ({ audits, plans, actions }: Optimizer) => ({
  audits: audits.map(({ id, state }) => `${id} ${state}`).sort(),
  plans: plans.map(({ id, state }) => `${id} ${state}`).sort(),
  actions: Object.entries(actions)
    .flatMap(([plan, own]) => own.map(({ id, state }) => `${plan} ${id} ${state}`))
    .sort(),
});

function truth({ simulation: { cloud } }: Scene, of: Optimizer) {
  const here = <T extends { deletedAt?: number }>(rows: T[]) => rows.filter(({ deletedAt }) => deletedAt === undefined);
  return {
    audits: here(cloud.audits)
      .map(({ id, state }) => `${id} ${state}`)
      .sort(),
    plans: here(cloud.plans)
      .map(({ id, state }) => `${id} ${state}`)
      .sort(),
    actions: here(cloud.plans)
      .filter(({ id }) => id in of.actions)
      .flatMap((plan) => plan.actions.map(({ id, state }) => `${plan.id} ${id} ${state}`))
      .sort(),
  };
}

const first = <T>(rows: T[], wanted: (row: T) => boolean): T => {
  const found = rows.find(wanted);
  if (!found) throw new Error('no such row');
  return found;
};
const plan = (state: string): SimPlan =>
  first(scene.simulation.cloud.plans, (row) => row.state === state && row.actions.length > 0);

function change(action: SimAction, state: string): void {
  Object.assign(action, { state, updatedAt: scene.now });
}

/** The first of its pending actions. */
const nextOf = ({ actions }: SimPlan): SimAction => first(actions, ({ state }) => state === 'PENDING');

/** Starts the plan's next action a minute later and expects the reading to show it. */
async function expectNextSeen(reader: OptimizerReader, reading: Optimizer, of: SimPlan): Promise<Optimizer> {
  scene.now += MINUTE_MS;
  change(nextOf(of), 'ONGOING');
  const again = await reader.read(reading);
  expect(seen(again)).toEqual(truth(scene, again));
  return again;
}

const actionQueries = () =>
  scene.requests().flatMap((url) => (url.includes('actions/detail') ? [url.slice(url.indexOf('?'))] : []));

/** Makes Watcher sort by change as PostgreSQL does. */
function neverChangedFirst(): void {
  const answer = scene.simulation.answer.bind(scene.simulation);
  scene.simulation.answer = async (request) => {
    const url = new URL(request.url);
    if (url.searchParams.get('sort_key') !== 'updated_at') return answer(request);
    const limit = Number(url.searchParams.get('limit'));
    url.searchParams.set('limit', '1000');
    const body = await (await answer(new Request(url, { headers: request.headers }))).json();
    const name = first(['audits', 'action_plans', 'actions'], (known) => known in body);
    const never = body[name].filter((row: { updated_at: unknown }) => row.updated_at === null);
    const rows = [...never, ...body[name].filter((row: { updated_at: unknown }) => row.updated_at !== null)];
    return Response.json({ [name]: rows.slice(0, limit) });
  };
}

/** Creates the only two running plans. @param size number of actions per plan */
async function openRunning(size = 6) {
  const { cloud } = scene.simulation;
  const like = plan('ONGOING');
  const step = first(like.actions, () => true);
  for (const one of cloud.plans) if (isRunning(one.state)) one.state = 'SUCCEEDED';
  const made = [1, 2].map((i): SimPlan => {
    const actions = Array.from({ length: size }, (_, at) => ({
      ...step,
      id: `d0000000-0000-4000-8000-000000${i}${String(at).padStart(5, '0')}`,
      state: at < size / 2 ? 'SUCCEEDED' : 'PENDING',
    }));
    const auditId = `a0000000-0000-4000-8000-00000000000${i}`;
    cloud.audits.push({ ...first(cloud.audits, () => true), id: auditId, name: `audit ${i}` });
    return {
      ...like,
      state: 'ONGOING',
      id: `b0000000-0000-4000-8000-00000000000${i}`,
      auditId,
      createdAt: scene.now - HOUR_MS,
      actions,
    };
  });
  cloud.plans.push(...made);
  return { reader: open(), made };
}

describe('openOptimizerReader', () => {
  it('reads everything once, and then sends four short requests, plus one while plans run', async () => {
    const reader = open();
    const whole = await reader.read();
    expect(seen(whole)).toEqual(truth(scene, whole));
    scene.requests();
    scene.now += 2 * MINUTE_MS;
    const again = await reader.read(whole);
    expect(seen(again)).toEqual(truth(scene, again));
    const running = scene.simulation.cloud.plans.filter(({ state }) => isRunning(state)).length;
    const requests = scene.requests();
    expect(running).toBeGreaterThan(0);
    expect(requests).toHaveLength(4 + 1);
    for (const url of requests.slice(0, 4))
      expect(url).toMatch(/detail\?sort_key=(created|updated)_at&sort_dir=desc&limit=5$/);
  });

  it('notices plans that run, finish and appear, and archived ones; never reads actions of finished plans again', async () => {
    const reader = open();
    const { cloud, life } = scene.simulation;
    const running = plan('ONGOING');
    let reading = await reader.read();
    scene.now += MINUTE_MS;
    change(
      first(running.actions, ({ state }) => state === 'PENDING'),
      'ONGOING',
    );
    reading = await reader.read(reading);
    expect(seen(reading)).toEqual(truth(scene, reading));

    scene.now += MINUTE_MS;
    for (const action of running.actions) change(action, 'SUCCEEDED');
    running.state = 'SUCCEEDED';
    life.touch(running);
    const audit: SimAudit = {
      ...first(cloud.audits, () => true),
      id: 'a0000000-0000-4000-8000-000000000001',
      name: 'new',
      createdAt: scene.now,
      updatedAt: null,
    };
    const proposed: SimPlan = {
      ...plan('RECOMMENDED'),
      id: 'b0000000-0000-4000-8000-000000000001',
      auditId: audit.id,
      createdAt: scene.now,
      updatedAt: null,
    };
    cloud.audits.unshift(audit);
    cloud.plans.unshift(proposed);
    life.archive(first(cloud.audits, ({ state, id }) => state === 'SUCCEEDED' && id !== audit.id));
    life.archive(plan('CANCELLED'));
    reading = await reader.read(reading);
    expect(seen(reading)).toEqual(truth(scene, reading));
    expect(reading.actions[proposed.id]).toHaveLength(proposed.actions.length);

    scene.requests();
    scene.now += MINUTE_MS;
    reading = await reader.read(reading);
    expect(seen(reading)).toEqual(truth(scene, reading));
    // One plan is still being cancelled; nothing is read for finished plans.
    expect(cloud.plans.filter(({ state }) => isRunning(state))).toHaveLength(1);
    expect(actionQueries()).toEqual(['?sort_key=updated_at&sort_dir=desc&limit=20']);
  });

  it('updates the actions of all running plans with one request for changes', async () => {
    const { reader, made } = await openRunning();
    let reading = await reader.read();
    scene.requests();
    for (const one of made) reading = await expectNextSeen(reader, reading, one);
    expect(actionQueries()).toEqual(Array(2).fill('?sort_key=updated_at&sort_dir=desc&limit=20'));
  });

  it('reads all actions if Watcher rejects that request, and does not repeat it', async () => {
    const { reader, made } = await openRunning();
    const answer = scene.simulation.answer.bind(scene.simulation);
    let refused = 0;
    scene.simulation.answer = async (request) => {
      if (!/actions\/detail\?sort_key=updated_at/.test(request.url)) return answer(request);
      refused++;
      return Response.json({ error_message: 'Invalid sort key' }, { status: 400 });
    };
    let reading = await reader.read();
    for (const one of made) reading = await expectNextSeen(reader, reading, one);
    expect(refused).toBe(1);
  });

  it('reads all actions if too many rows that never changed come first, as in PostgreSQL', async () => {
    const { reader, made } = await openRunning(400);
    neverChangedFirst();
    await expectNextSeen(
      reader,
      await reader.read(),
      first(made, () => true),
    );
  });

  it('reads all actions if Watcher ignores the requested order', async () => {
    const { reader, made } = await openRunning(300);
    const answer = scene.simulation.answer.bind(scene.simulation);
    scene.simulation.answer = (request) => answer(new Request(request.url.replace('updated_at', 'id'), request));
    await expectNextSeen(
      reader,
      await reader.read(),
      first(made, () => true),
    );
  });

  it('reads all actions from time to time, to find changes without a new timestamp', async () => {
    const { reader, made } = await openRunning(300);
    let reading = await reader.read();
    const unseen = nextOf(first(made, () => true));
    Object.assign(unseen, { state: 'FAILED', updatedAt: scene.now - 1_000 * HOUR_MS });
    scene.now += MINUTE_MS;
    reading = await reader.read(reading);
    expect(seen(reading)).not.toEqual(truth(scene, reading));
    scene.now += 10 * MINUTE_MS;
    reading = await reader.read(reading);
    expect(seen(reading)).toEqual(truth(scene, reading));
  });

  it('finds any number of changes by requesting more rows until it reaches known ones', async () => {
    const reader = open();
    const { cloud, life } = scene.simulation;
    const whole = await reader.read();
    scene.now += MINUTE_MS;
    for (const audit of cloud.audits) life.touch(audit);
    const like = first(cloud.audits, () => true);
    for (let i = 0; i < 700; i++) {
      const id = `c0000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      cloud.audits.unshift({ ...like, id, name: id, createdAt: scene.now, updatedAt: null });
    }
    const again = await reader.read(whole);
    expect(seen(again)).toEqual(truth(scene, again));
  });

  it('works if rows that never changed come first in the order of change, as in PostgreSQL', async () => {
    const reader = open();
    const whole = await reader.read();
    neverChangedFirst();
    scene.now += MINUTE_MS;
    const recommended = plan('RECOMMENDED');
    recommended.state = 'PENDING';
    scene.simulation.life.touch(recommended);
    const again = await reader.read(whole);
    expect(seen(again)).toEqual(truth(scene, again));
  });

  it('corrects changes without a timestamp, and does not restore what was archived in the meantime', async () => {
    const reader = open();
    const { cloud, life } = scene.simulation;
    let reading = await reader.read();
    first(cloud.audits, ({ state }) => state === 'SUCCEEDED').state = 'FAILED';
    cloud.plans.splice(cloud.plans.indexOf(plan('SUPERSEDED')), 1);
    scene.now += HOUR_MS;
    reading = await reader.read(reading);
    expect(seen(reading)).not.toEqual(truth(scene, reading));
    await scene.settle();
    scene.now += 5 * MINUTE_MS;
    life.archive(first(cloud.audits, ({ state, deletedAt }) => state === 'SUCCEEDED' && deletedAt === undefined));
    reading = await reader.read(reading);
    expect(seen(reading)).toEqual(truth(scene, reading));
  });
});
