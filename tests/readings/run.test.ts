import { describe, expect, it } from 'vitest';
import { listCopied } from '@/lib/domain/acts/run-followed';
import { spanOfRun } from '@/lib/domain/plans/runs';
import { MOST_COPIED, openRunReader, type RunReading } from '@/lib/readings/run';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { simulatedScene } from './simulated';

/** What one look at a running plan asks of a simulated cloud. */

const scene = simulatedScene({ hosts: 12, servers: 120, audits: 40 });

const open = () =>
  openRunReader(
    scene.session,
    {
      span: spanOfRun,
      copied: ({ plan, actions, migrations: { value } }) =>
        plan.value === null ? [] : listCopied(plan.value, actions.value, value.covered && value.migrations),
    },
    () => scene.now,
  );

/** The plan of `by-hand`, which runs: one of its moves is being copied. */
function runningPlan() {
  const { audits, plans } = scene.simulation.cloud;
  const audit = audits.find(({ name }) => name === 'by-hand');
  const plan = plans.find(({ auditId, state }) => auditId === audit?.id && state === 'ONGOING');
  if (!plan) throw new Error('No plan runs.');
  return plan;
}

/** Requests for the cloud’s data since the last call, without versions and tokens. */
const asked = () =>
  scene
    .requests()
    .map((url) => url.split('?')[0] ?? '')
    .filter((path) => /action_plans|actions|migrations/.test(path));

describe('a look at a running plan', () => {
  it('asks for the plan, its actions, Nova’s migrations, and how far the copied VM is', async () => {
    const plan = runningPlan();
    const reader = open();
    const { reading } = await reader.look(plan.id);
    expect(reading.plan.value).toMatchObject({ id: plan.id, state: 'ONGOING' });
    expect(reading.actions.value).toHaveLength(plan.actions.length);
    expect(reading.migrations.value.migrations.length).toBeGreaterThan(0);
    const first = asked();
    expect(first).toHaveLength(4);
    for (let i = 0; i < 5; i++) {
      scene.now += 5 * SECOND_MS;
      await reader.look(plan.id, reading);
      expect(asked().sort()).toEqual([
        expect.stringMatching(/^compute\/v2.1\/os-migrations$/),
        expect.stringMatching(/^compute\/v2.1\/servers\/[^/]+\/migrations$/),
        expect.stringMatching(/^infra-optim\/v1\/action_plans\/[^/]+$/),
        expect.stringMatching(/^infra-optim\/v1\/actions\/detail$/),
      ]);
    }
  });

  it('sees what has changed since, by changes alone', async () => {
    const plan = runningPlan();
    const reader = open();
    const { reading } = await reader.look(plan.id);
    scene.requests();
    scene.now += 5 * SECOND_MS;
    const [waiting] = plan.actions.filter(({ state }) => state === 'PENDING');
    if (!waiting) throw new Error('Nothing waits.');
    Object.assign(waiting, { state: 'ONGOING', updatedAt: scene.now });
    const next = await reader.look(plan.id, reading);
    expect(next.reading.actions.value.find(({ id }) => id === waiting.id)?.state).toBe('ONGOING');
    const [list] = scene.requests().filter((url) => url.includes('actions/detail'));
    expect(new URLSearchParams(list?.split('?')[1]).get('sort_key')).toBe('updated_at');
  });

  it('asks once for the actions even if many changed at once, a quarter of a minute ago', async () => {
    const plan = runningPlan();
    const [one] = plan.actions.filter(({ state }) => state === 'PENDING');
    if (!one) throw new Error('Nothing waits.');
    const many = Array.from({ length: 90 }, (_, i) => ({
      ...one,
      id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      state: 'ONGOING',
      updatedAt: scene.now,
    }));
    plan.actions.push(...many);
    const reader = open();
    let { reading } = await reader.look(plan.id);
    for (let i = 0; i < 3; i++) {
      scene.now += 10 * SECOND_MS;
      ({ reading } = await reader.look(plan.id, reading));
    }
    asked();
    scene.now += 5 * SECOND_MS;
    await reader.look(plan.id, reading);
    expect(asked().filter((path) => path.endsWith('actions/detail'))).toHaveLength(1);
  });

  it('asks about at most 20 copied VMs, in turn', async () => {
    const plan = runningPlan();
    const ids = Array.from({ length: 45 }, (_, i) => `vm-${i}`);
    const reader = openRunReader(scene.session, { span: spanOfRun, copied: () => ids }, () => scene.now);
    const turns: string[][] = [];
    let reading: RunReading | undefined;
    for (let i = 0; i < 4; i++) {
      scene.requests();
      ({ reading } = await reader.look(plan.id, reading));
      turns.push(asked().flatMap((path) => /servers\/([^/]+)\/migrations/.exec(path)?.[1] ?? []));
      scene.now += 5 * SECOND_MS;
    }
    expect(turns.map(({ length }) => length)).toEqual(Array(4).fill(MOST_COPIED));
    expect(new Set(turns.slice(0, 3).flat()).size).toBe(45);
    // The third turn began with the last five, and went on with those of the first.
    expect(turns[3]?.[0]).toBe('vm-15');
  });

  it('keeps the last word of a service that fails, with its time', async () => {
    const plan = runningPlan();
    const reader = open();
    const { reading } = await reader.look(plan.id);
    const then = scene.now;
    scene.now += MINUTE_MS;
    scene.simulation.setFault('nova', { status: 503 });
    const failed = await reader.look(plan.id, reading);
    expect(failed.reading.plan).toMatchObject({ at: scene.now, failure: null });
    expect(failed.reading.migrations).toMatchObject({ at: then, failure: { since: scene.now } });
    expect(failed.reading.migrations.value.migrations).toEqual(reading.migrations.value.migrations);
    const since = scene.now;
    scene.now += MINUTE_MS;
    scene.simulation.setFault('watcher', { status: 500 });
    const both = await reader.look(plan.id, failed.reading);
    expect(both.reading.plan).toMatchObject({ at: since, failure: { since: scene.now } });
    expect(both.reading.migrations.failure?.since).toBe(since);
    scene.simulation.setFault('nova', null);
    scene.simulation.setFault('watcher', null);
    const healed = await reader.look(plan.id, both.reading);
    expect(healed.reading.plan).toMatchObject({ at: scene.now, failure: null });
    expect(healed.reading.migrations).toMatchObject({ at: scene.now, failure: null });
  });

  it('rejects if nothing is known and a service fails, and uses what is known from elsewhere', async () => {
    const plan = runningPlan();
    const { reading } = await open().look(plan.id);
    scene.simulation.setFault('watcher', { status: 500 });
    await expect(open().look(plan.id)).rejects.toMatchObject({ source: 'watcher' });
    const known = { plan: reading.plan, actions: reading.actions };
    const seeded = await open().look(plan.id, known);
    expect(seeded.reading.actions.value).toHaveLength(plan.actions.length);
  });

  it('finds no plan where Watcher has it no more', async () => {
    const { reading } = await open().look('00000000-0000-4000-8000-000000000000');
    expect(reading.plan.value).toBeNull();
  });
});
