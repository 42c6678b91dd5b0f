import { describe, expect, it } from 'vitest';
import { isRunning } from '@/lib/domain/plans/states';
import type { SimAudit, SimPlan } from '@/lib/simulation/model';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import {
  actionQueries,
  change,
  expectNextSeen,
  first,
  neverChangedFirst,
  nextOf,
  open,
  openRunning,
  plan,
  scene,
  seen,
  truth,
} from './optimizer-scene';

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
