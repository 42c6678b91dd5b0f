import { describe, expect, it, vi } from 'vitest';
import { theActing } from '@/lib/dashboard/access/visitors';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { runOfStep } from '@/lib/domain/plans/step-audits';
import { hostAt } from '@/lib/simulation/model';
import type { Simulation } from '@/lib/simulation/simulation';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { checkPlan, planOf, send, startOf } from './acting';
import { carefulRuns } from './careful-runs';
import { ask, forget } from './served-cloud';

describe('a careful run', () => {
  const { served, openedAt, open, begin, until, stepPlans } = carefulRuns();

  const control = (simulation: Simulation, name: string, body: unknown) =>
    simulation.answer(new Request(`http://cloud.test/_sim/${name}`, { method: 'PUT', body: JSON.stringify(body) }));

  const starts = () => stepPlans().filter(({ state }) => state !== 'RECOMMENDED');

  it('moves one VM first, measures it, and ends when all have moved', async () => {
    const { read, plan, check, headers } = await begin();
    const first = await until(read, ({ steps }) => steps[0]?.state === 'measuring');
    expect(first.steps[0]?.size).toBe(1);
    expect(plan.state).toBe('CANCELLED');
    const end = await until(read, ({ state }) => state !== 'running');
    expect(end.why).toMatchObject({ code: 'done' });
    expect([end.moved, end.left, end.total]).toEqual([check.will.moves, 0, check.will.moves]);
    for (const { spread } of end.steps) {
      expect(spread?.promised).toBeLessThan(spread?.before ?? 0);
      expect(spread?.after).toBeLessThan(spread?.before ?? 0);
    }
    const { acts } = (await ask('acts', { headers })).body;
    const counted = (name: string) => acts.filter(({ act }: { act: string }) => act === name).length;
    expect(counted('begin-careful-run')).toBe(1);
    expect(counted('cancel-plan')).toBe(1);
    expect([counted('make-step'), counted('start-step')]).toEqual([end.steps.length, end.steps.length]);
    // The name of a step's audit leads to its run.
    const name =
      served.simulation.cloud.audits.map((audit) => audit.name).find((one) => one.startsWith('visio-')) ?? '';
    const short = await ask('carefulRun', { headers, params: { run: runOfStep(name) ?? '' } });
    expect(short.body.id).toBe(end.id);
    for (const { person, outcome, reason } of acts) {
      expect([person, outcome, reason]).toEqual(['ops', 'done', 'hot hosts before the peak']);
    }
    // Its steps are plans of their own, which the same person started.
    const [step] = end.steps;
    const { moves } = (await ask('vm', { headers, params: { id: step?.moves[0]?.vm_id ?? '' } })).body;
    const by = { person: 'ops', reason: 'hot hosts before the peak', plan: { plan_id: step?.plan_id } };
    expect(moves[0]).toMatchObject(by);
    const { plans } = (await ask('plans', { headers })).body;
    const ofStep = plans.find(({ plan_id: id }: { plan_id: string }) => id === step?.plan_id);
    expect(ofStep?.started).toMatchObject({ by: 'here', person: 'ops' });
  });

  it('stops by itself where a move fails, and goes on without it when somebody says so', async () => {
    const { read, headers, id, check } = await begin();
    const planned = (await read()).total;
    await until(read, ({ steps }) => steps[0]?.state === 'measuring');
    await control(served.simulation, 'migrations', { fail: [''] });
    const paused = await until(read, ({ state }) => state === 'paused');
    expect(paused.why?.code).toBe('failed');
    expect(paused.rules[0]?.state).toBe('stopped');
    const before = starts().length;
    // Nothing new starts, however long it takes.
    for (let i = 0; i < 10; i++) {
      vi.setSystemTime(Date.now() + MINUTE_MS);
      await carryOn(defaultRegion().id);
    }
    expect(starts()).toHaveLength(before);
    await control(served.simulation, 'migrations', {});
    const { status } = await send('resumeCareful', { params: { run: id }, headers, body: {} });
    expect(status).toBe(200);
    const end = await until(read, ({ state }) => state !== 'running');
    expect(end.why?.code).toBe('done');
    expect(end.wrong).toBeGreaterThan(0);
    expect(end.moved + end.wrong).toBe(planned);
    expect(planned).toBe(check.will.moves);
  });

  /** From now on, the VMs of a host use this share of it. */
  const load = (name: string | null | undefined, share: number) => {
    const { servers, hosts } = served.simulation.cloud;
    const host = hosts.find((one) => one.name === name);
    if (!host) throw new Error(`There is no host ${name}.`);
    const here = servers.filter((one) => one.status === 'ACTIVE' && hostAt(one, Date.now()) === host);
    for (const server of here) Object.assign(server.load, { mean: (share * host.threads) / here.length, swing: 0 });
  };

  it('leaves out a VM that has left its host since, which is not the move that was approved', async () => {
    const { read, plan } = await begin();
    const { servers, hosts } = served.simulation.cloud;
    const { resource_id: id, source_node: source, destination_node: target } = plan.actions[0]?.parameters ?? {};
    const moved = servers.find((server) => server.id === id);
    const host = hosts.find(({ name, up }) => up && name !== source && name !== target);
    if (!moved || !host) throw new Error('The plan moves no VM.');
    moved.stays.push({ from: Date.now(), host });
    moved.updatedAt = Date.now();
    vi.setSystemTime(Date.now() + SECOND_MS);
    const { steps, dropped } = await until(read, ({ steps: [first] }) => first?.state === 'running');
    expect(dropped).toEqual([
      { vm_id: id, vm_name: moved.name, text: expect.stringContaining(`It is on ${host.name}, not on ${source}.`) },
    ]);
    expect(steps[0]?.moves.map(({ vm_id: one }) => one)).not.toContain(id);
  });

  it('stops by itself where a target has got hot, and nothing more starts', async () => {
    const { read } = await begin();
    const { steps } = await until(read, (run) => run.steps[0]?.state === 'measuring');
    const target = steps[0]?.moves[0]?.destination;
    load(target, 0.96);
    const paused = await until(read, ({ state }) => state !== 'running');
    expect(paused).toMatchObject({ state: 'paused', why: { code: 'hot', text: `${target} is hot since this step.` } });
    expect(paused.rules.map(({ state }) => state)).toEqual(['calm', 'calm', 'stopped', expect.any(String)]);
    expect(starts()).toHaveLength(1);
  });

  it('stops by itself where the spread is worse than a step promised', async () => {
    const { read } = await begin();
    const { steps } = await until(read, (run) => run.steps[0]?.state === 'measuring');
    // Another host than the target gets busy, so that nothing came of the move.
    load(steps[0]?.moves[0]?.source, 0.99);
    const paused = await until(read, ({ state }) => state !== 'running');
    expect(paused).toMatchObject({ state: 'paused', why: { code: 'little' } });
    expect(paused.why?.text).toMatch(
      /^This step was to take the spread from [\d.]+\spts to [\d.]+\spts; it is [\d.]+\spts\.$/,
    );
    expect(starts()).toHaveLength(1);
  });

  it('can be paused and ended, and each of it is refused where it makes no sense', async () => {
    const { read, headers, id } = await begin();
    const act = (name: 'pauseCareful' | 'resumeCareful' | 'endCareful') =>
      send(name, { params: { run: id }, headers, body: { reason: 'lunch' } });
    expect((await act('resumeCareful')).status).toBe(409);
    expect((await act('pauseCareful')).status).toBe(200);
    expect((await act('pauseCareful')).status).toBe(409);
    await carryOn(defaultRegion().id);
    expect((await read()).steps.every(({ state }) => state === 'to-come')).toBe(true);
    expect((await act('resumeCareful')).status).toBe(200);
    await until(read, ({ steps }) => steps[0]?.state === 'running');
    const { body } = await act('endCareful');
    expect(body).toMatchObject({ outcome: 'done', object_type: 'run', reason: 'lunch' });
    expect((await act('endCareful')).status).toBe(409);
    const end = await read();
    expect(end).toMatchObject({ state: 'ended', why: { code: 'ended-by-person' } });
    expect((await send('pauseCareful', { params: { run: 'nothing' }, headers })).status).toBe(409);
  });

  it('goes on in another process where it was, and starts no step twice', async () => {
    const { read, plan } = await begin();
    for (let passed = 0; passed < 10 * MINUTE_MS; passed += 40 * SECOND_MS) {
      // A process that knows nothing but the database.
      forget();
      await carryOn(defaultRegion().id);
      vi.setSystemTime(Date.now() + 40 * SECOND_MS);
    }
    const end = await until(read, ({ state }) => state !== 'running');
    expect(end.why?.code).toBe('done');
    expect(plan.state).toBe('CANCELLED');
    expect(starts()).toHaveLength(end.steps.length);
    const names = served.simulation.cloud.audits.map(({ name }) => name).filter((name) => name.startsWith('visio-'));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(end.steps.length);
  }, 120_000);

  it('of a person pauses in another process, until that person signs in', async () => {
    served.configure({ ACTIONS: 'person' });
    const { read, headers, id } = await begin();
    forget();
    await carryOn(defaultRegion().id);
    // The process that has the password may be another one.
    expect((await read()).state).toBe('running');
    const paused = await until(read, ({ state }) => state !== 'running');
    expect(paused).toMatchObject({ state: 'paused', why: { code: 'sign-in' }, account: 'own' });
    expect((await send('resumeCareful', { params: { run: id }, headers, body: {} })).status).toBe(200);
    expect((await until(read, ({ state }) => state !== 'running')).why).toMatchObject({ code: 'done' });
  });

  it('acts with the token that a program has sent, until it ends', async () => {
    served.configure({ ACTIONS: 'person' });
    const { read, id } = await begin();
    await until(read, ({ steps }) => steps[0]?.state === 'measuring');
    expect(theActing().tokenOfRun(id)).not.toBeNull();
    expect((await until(read, ({ state }) => state !== 'running')).why).toMatchObject({ code: 'done' });
    expect(theActing().tokenOfRun(id)).toBeNull();
  });

  it('ends when its time is over, and leaves the plan of no step behind', async () => {
    const { read } = await begin({ until: new Date(openedAt() + 2 * MINUTE_MS).toISOString() });
    const end = await until(read, ({ state }) => state === 'ended');
    expect(end.why?.code).toBe('window');
    expect(end.moved).toBe(1);
    expect(end.left).toBeGreaterThan(0);
    const waiting = stepPlans().filter(({ state }) => state === 'RECOMMENDED');
    expect(waiting).toEqual([]);
  });

  it('is refused if the time at which it is to end is over', async () => {
    const { headers, params, plan } = await open();
    const until = new Date(Date.now() - MINUTE_MS).toISOString();
    const body = startOf(await checkPlan(params, { headers }), { until });
    const { status, body: problem } = await send('beginCareful', { params, headers, body });
    expect([status, plan.state]).toEqual([409, 'RECOMMENDED']);
    expect(problem).toMatchObject({ refusal: { code: 'wrong-settings' } });
  });

  it('is refused for a plan that does more than move VMs, and a second one for the same plan', async () => {
    const { headers, params } = await begin();
    expect((await checkPlan(params, { headers })).careful.map(({ code }) => code)).toContain('careful-run');
    const other = planOf(served.simulation, 'by-hand').params;
    expect((await checkPlan(other, { headers })).careful.map(({ code }) => code)).toContain('other-actions');
  });
});
