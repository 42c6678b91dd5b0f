import { describe, expect, it, vi } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { send } from './acting';
import { carefulRuns } from './careful-runs';
import { ask, forget } from './served-cloud';

describe('a careful run that has ended', () => {
  const { served, begin, until, stepPlans } = carefulRuns();
  const plansIn = (wanted: string) => stepPlans().filter(({ state }) => state === wanted);

  /** A run that a person ends while Watcher makes the plan of its first step. */
  const endEarly = async () => {
    const begun = await begin();
    await until(begun.read, ({ steps }) => steps[0]?.state === 'being-made');
    expect(plansIn('RECOMMENDED')).toEqual([]);
    const { headers, id } = begun;
    expect((await send('endCareful', { params: { run: id }, headers, body: {} })).body.outcome).toBe('done');
    return begun;
  };

  it('cancels the plan of a step that comes afterwards', async () => {
    const { read, headers } = await endEarly();
    expect(await read()).toMatchObject({ state: 'ended', is_final: false });
    const end = await until(read, ({ is_final: isFinal, left_plans: left }) => isFinal && left.length === 0);
    expect(end).toMatchObject({ moved: 0, left: end.total });
    expect(end.not_started).toHaveLength(end.total);
    expect(end.not_started[0]?.text).toMatch(/^stays on cmp-/);
    expect([plansIn('RECOMMENDED').length, plansIn('CANCELLED').length, stepPlans().length]).toEqual([0, 1, 1]);
    const { acts } = (await ask('acts', { headers })).body;
    expect(acts[0]).toMatchObject({ act: 'cancel-plan', outcome: 'done', person: 'ops' });
  }, 120_000);

  it('names a plan that it can no longer cancel, as a plan that waits for somebody', async () => {
    served.configure({ ACTIONS: 'person' });
    const { read, headers } = await endEarly();
    // The token is gone with the process.
    forget();
    const end = await until(read, ({ is_final: isFinal }) => isFinal);
    vi.setSystemTime(Date.now() + 6 * MINUTE_MS);
    const [plan] = plansIn('RECOMMENDED');
    expect(end.state).toBe('ended');
    expect((await read()).left_plans).toEqual([{ step: 1, audit_id: plan?.auditId, plan_id: plan?.id }]);
    const { plans } = (await ask('plans', { headers, query: 'show=waiting' })).body;
    expect(plans.find(({ plan_id: planId }: { plan_id: string }) => planId === plan?.id)).toMatchObject({
      worth: null,
      worth_reason: expect.stringContaining('a step of a careful run'),
    });
    const params = { id: plan?.auditId ?? '', plan: plan?.id ?? '' };
    expect((await send('cancelPlan', { params, headers, body: { reason: 'left' } })).body.outcome).toBe('done');
    vi.setSystemTime(Date.now() + 20 * SECOND_MS);
    expect((await read()).left_plans).toEqual([]);
  }, 120_000);

  it('says what became of the step that ran as it ended', async () => {
    const { read, headers, id } = await begin();
    await until(read, ({ steps }) => steps[0]?.state === 'running');
    vi.setSystemTime(Date.now() + 5 * SECOND_MS);
    expect((await send('endCareful', { params: { run: id }, headers, body: {} })).status).toBe(200);
    const end = await until(read, ({ is_final: isFinal }) => isFinal);
    expect(end.steps[0]).toMatchObject({ state: 'done', results: [{ word: 'done' }] });
    expect(end.moved).toBe(1);
  }, 120_000);
});
