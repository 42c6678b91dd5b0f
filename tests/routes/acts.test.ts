import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { ListedPlan } from '@/lib/contract/v1/plan-list';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { ask, servedCloud } from './served-cloud';

const journal = async (headers: Record<string, string>) => (await ask('acts', { headers })).body.acts;

describe('acts of people with their own token', () => {
  const served = servedCloud(CLOUD, ACTS);
  const begin = async (user = 'ops') => {
    const headers = await asUser(served.simulation, user);
    return { headers, ...planOf(served.simulation, 'stabilize-production') };
  };

  it('are off without a store, and the check says why', async () => {
    const { headers, params } = await begin();
    const check = await checkPlan(params, { headers });
    expect(check.permission).toMatchObject({ may_act: false, code: 'acting-off' });
    expect(check.permission.reason).toContain('neither DATA_DIR nor DATABASE_URL');
    const { status, body } = await send('startPlan', { params, headers, body: startOf(check) });
    expect([status, body.type]).toEqual([403, '/api/problems/act-not-allowed/']);
  });
});

describe('acts', () => {
  const served = servedCloud(CLOUD, ACTS);

  const open = async (user = 'ops', name = 'stabilize-production') => {
    served.configure({ DATA_DIR: folder() });
    // Only one plan runs at a time, and another one does here.
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, user);
    return { headers, ...planOf(served.simulation, name) };
  };

  it('start a plan once, with the person’s token, and keep who, why and what came of it', async () => {
    const { headers, params, plan } = await open();
    const check = await checkPlan(params, { headers });
    expect(check.start).toEqual([]);
    expect(check.confirm).toBe(check.will.vms);
    const { status, body } = await send('startPlan', { params, headers, body: startOf(check) });
    expect(body).toMatchObject({ act: 'start-plan', person: 'ops', account: 'own', outcome: 'done' });
    expect(status).toBe(200);
    expect(['PENDING', 'ONGOING']).toContain(plan.state);
    const [entry] = await journal(headers);
    expect(entry).toMatchObject({
      id: body.id,
      reason: 'hot hosts before the peak',
      object_id: plan.id,
      object_name: 'stabilize-production',
      identified_by: 'keystone token',
    });
    expect(entry.outcomes).toHaveLength(1);
    expect(entry.outcomes[0].request_ids).toHaveLength(1);
  });

  it('name who started a plan and why in the list of plans, and nobody else', async () => {
    const { headers, params, plan } = await open();
    await send('startPlan', { params, headers, body: startOf(await checkPlan(params, { headers })) });
    const { plans } = (await ask('plans', { headers })).body;
    const mine = plans.find(({ plan_id: id }: ListedPlan) => id === plan.id);
    expect(mine).toMatchObject({ part: 'running', started: { by: 'here', person: 'ops' } });
    expect(mine.started.reason).toBe('hot hosts before the peak');
    const done = plans.find(({ audit_name: audit }: ListedPlan) => audit === 'stabilize-yesterday');
    expect(done.started).toMatchObject({ by: 'outside', person: null, reason: null });
    expect(Date.parse(done.started.began_at)).toBeLessThan(Date.parse(done.updated_at));
    for (const { part, started } of plans) expect(started === null, part).toBe(part !== 'running' && part !== 'done');
  });

  it('are done once for the same key, and refused for another body with it', async () => {
    const { headers, params } = await open();
    const body = startOf(await checkPlan(params, { headers }));
    const key = 'the-same-key-again';
    const first = await send('startPlan', { params, headers, body, key });
    const again = await send('startPlan', { params, headers, body, key });
    expect([first.status, again.status, again.body.id]).toEqual([200, 200, first.body.id]);
    const other = await send('startPlan', { params, headers, key, body: { ...body, reason: 'another' } });
    expect([other.status, other.body.type]).toEqual([422, '/api/problems/idempotency-key-reused/']);
    expect(await journal(headers)).toHaveLength(1);
  });

  it('start a plan once if two admins press at the same time', async () => {
    const { headers, params } = await open();
    const second = await asUser(served.simulation, 'visio');
    const body = startOf(await checkPlan(params, { headers }));
    const answers = await Promise.all([
      send('startPlan', { params, headers, body }),
      send('startPlan', { params, headers: second, body }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.refusal).toMatchObject({ code: expect.stringMatching(/^(under-way|already-started)$/) });
  });

  it('skip what is left out before the start, for good', async () => {
    const { headers, params, plan } = await open();
    const check = await checkPlan(params, { headers, query: '?off=1-2' });
    expect(check.will.left_out).toBe(2);
    const { status } = await send('startPlan', { params, headers, body: startOf(check, { off: '1-2' }) });
    expect(status).toBe(200);
    const skipped = plan.actions.filter(({ state }) => state === 'SKIPPED');
    expect(skipped.map(({ statusMessage }) => statusMessage)).toEqual([
      'Action skipped by user. Reason: hot hosts before the peak',
      'Action skipped by user. Reason: hot hosts before the peak',
    ]);
    const { body: run } = await ask('planRun', { params, headers });
    expect(run.started_by).toMatchObject({ person: 'ops', reason: 'hot hosts before the peak' });
    expect([run.stopped_by, run.acts_missing]).toEqual([null, null]);
    const leftOut = run.moves.filter(({ word }: { word: string }) => word === 'left-out');
    expect(leftOut.map(({ text }: { text: string }) => text)).toEqual(
      Array(2).fill('Left out by ops at the start: hot hosts before the peak.'),
    );
  });

  it('are refused if the number does not fit, or the plan has changed since it was looked at', async () => {
    const { headers, params, plan } = await open();
    const check = await checkPlan(params, { headers });
    const wrong = await send('startPlan', { params, headers, body: startOf(check, { vms: 1 }) });
    expect([wrong.status, wrong.body.refusal]).toMatchObject([409, { code: 'number' }]);
    const [action] = plan.actions;
    const moved = served.simulation.cloud.servers.find(({ id }) => id === action?.parameters.resource_id);
    const away = served.simulation.cloud.hosts.find(({ name }) => name === action?.parameters.destination_node);
    if (!moved || !away) throw new Error('The plan moves nothing.');
    served.simulation.life.migrate(moved, away);
    const late = await send('startPlan', { params, headers, body: startOf(check) });
    expect(late.status).toBe(409);
    expect(late.body.act_id).toEqual(expect.any(String));
    expect(plan.state).toBe('RECOMMENDED');
    const acts = await journal(headers);
    expect(acts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['refused', 'refused']);
  });

  it('are refused to people who may only look, to API tokens, and from other sites', async () => {
    const { params, plan } = await open();
    const reader = await asUser(served.simulation, 'reader');
    const check = await checkPlan(params, { headers: reader });
    expect(check.permission).toMatchObject({ may_act: false, code: 'may-look', roles: ['reader'] });
    const refused = await send('startPlan', { params, headers: reader, body: startOf(check) });
    expect([refused.status, refused.body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    const token = { authorization: 'Bearer a-token-of-the-environment' };
    expect((await send('startPlan', { params, headers: token, body: startOf(check) })).status).toBe(403);
    expect((await send('startPlan', { params, headers: {}, body: startOf(check) })).status).toBe(401);
    expect(plan.state).toBe('RECOMMENDED');
  });

  it('refuse, stop and archive a plan', async () => {
    const { headers, params, plan } = await open();
    expect((await send('archivePlan', { params, headers, body: { reason: 'old' } })).status).toBe(200);
    expect(plan.deletedAt).toEqual(expect.any(Number));
    const other = planOf(served.simulation, 'consolidate-night');
    expect((await send('cancelPlan', { params: other.params, headers })).status).toBe(200);
    expect(other.plan.state).toBe('CANCELLED');
    const again = await send('cancelPlan', { params: other.params, headers });
    expect([again.status, again.body.refusal]).toMatchObject([409, { code: 'wrong-state' }]);
  });

  it('skip a single action', async () => {
    const { headers, params, plan } = await open();
    const action = plan.actions[0]?.id ?? '';
    const given = { params: { ...params, action }, headers, body: { reason: 'licence' } };
    expect((await send('skipAction', given)).status).toBe(200);
    expect(plan.actions[0]?.state).toBe('SKIPPED');
    const { body: review } = await ask('planReview', { params, headers });
    const move = review.result.moves.find(({ action_id: id }: { action_id: string }) => id === action);
    expect(move).toMatchObject({ state: 'SKIPPED', status_message: 'Action skipped by user. Reason: licence' });
    const again = await send('skipAction', given);
    expect([again.status, again.body.refusal]).toMatchObject([409, { code: 'wrong-state' }]);
  });

  it('end as they did although Watcher’s answer was lost', async () => {
    const { headers, params, plan } = await open();
    const body = startOf(await checkPlan(params, { headers }));
    served.server.use(
      http.post('*/start', async ({ request }) => {
        await served.simulation.answer(request);
        return HttpResponse.error();
      }),
    );
    const { status, body: entry } = await send('startPlan', { params, headers, body });
    expect([status, entry.outcome]).toEqual([200, 'done']);
    expect(['PENDING', 'ONGOING']).toContain(plan.state);
  });

  it('wait behind a plan that runs only if the person says so', async () => {
    const { headers, params, plan } = await open();
    const [first] = served.simulation.cloud.plans.filter(({ state }) => state === 'SUCCEEDED');
    if (first) first.state = 'ONGOING';
    const body = startOf(await checkPlan(params, { headers }));
    const { body: refused } = await send('startPlan', { params, headers, body });
    expect(refused.refusal).toMatchObject({ code: 'another-runs', override: 'queue' });
    expect((await send('startPlan', { params, headers, body: { ...body, queue: true } })).status).toBe(200);
    expect(plan.state).toBe('PENDING');
  });

  it('are refused while no applier is alive', async () => {
    const { headers, params } = await open();
    served.simulation.engine.applier.setAppliers(0, Date.now());
    const check = await checkPlan(params, { headers });
    expect(check.start.map(({ code }) => code)).toContain('no-applier');
    const { status, body } = await send('startPlan', { params, headers, body: startOf(check) });
    expect([status, body.refusal]).toMatchObject([409, { code: 'no-applier' }]);
  });

  it('say what Watcher says if it refuses', async () => {
    const { headers, params } = await open('visio', 'stabilize-production');
    const body = startOf(await checkPlan(params, { headers }));
    served.simulation.setFault('watcher', { status: 503, writes: true });
    const { status, body: problem } = await send('startPlan', { params, headers, body });
    expect([status, problem.type]).toEqual([504, '/api/problems/act-unknown/']);
    const [entry] = await journal(headers);
    expect(entry.outcome).toBe('unknown');
  });
});
