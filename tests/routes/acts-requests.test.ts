import { describe, expect, it } from 'vitest';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { servedCloud } from './served-cloud';

describe('requests for acts', () => {
  const served = servedCloud(CLOUD, ACTS);

  const open = async () => {
    served.configure({ DATA_DIR: folder() });
    // Only one plan runs at a time, and another one does here.
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, 'ops');
    return { headers, ...planOf(served.simulation, 'stabilize-production') };
  };

  it('want a key, a JSON object, a reason, and no field that they do not know', async () => {
    const { headers, params } = await open();
    const body = startOf(await checkPlan(params, { headers }));
    const statuses = async (given: Parameters<typeof send>[1]) => {
      const { status, body: problem } = await send('startPlan', given);
      return [status, problem.type];
    };
    expect(await statuses({ params, headers, body, key: null })).toEqual([400, '/api/problems/no-idempotency-key/']);
    expect(await statuses({ params, headers, body, key: 'short' })).toEqual([400, '/api/problems/no-idempotency-key/']);
    for (const wrong of ['{', '[]', { ...body, reason: ' ' }, { ...body, force: true }, { ...body, vms: '4' }])
      expect(await statuses({ params, headers, body: wrong })).toEqual([400, '/api/problems/wrong-body/']);
    expect(await statuses({ params, headers, body: { ...body, off: '999' } })).toEqual([
      400,
      '/api/problems/wrong-body/',
    ]);
  });

  it('say in words what is wrong with a body', async () => {
    const { headers, params } = await open();
    const { reason, ...body } = startOf(await checkPlan(params, { headers }));
    const detail = async (given: object) => (await send('startPlan', { params, headers, body: given })).body.detail;
    expect(await detail({ ...body, reason, force: true })).toMatch(
      /^The body has no field "force"\. Its fields are .*reason/,
    );
    expect(await detail(body)).toBe('The field reason is required.');
    expect(await detail({ ...body, reason: 7 })).toBe('The field reason must be a text.');
    expect(await detail({ ...body, reason, vms: '4' })).toBe('The field vms must be a number.');
    expect(await detail([])).toBe('The body must be a JSON object.');
  });

  it('take the id of a plan only, since the newest may be another one by now', async () => {
    const { headers, params } = await open();
    const body = startOf(await checkPlan(params, { headers }));
    const { status, body: problem } = await send('startPlan', { params: { ...params, plan: 'newest' }, headers, body });
    expect([status, problem.refusal]).toMatchObject([
      409,
      { code: 'gone', text: expect.stringContaining('by its id') },
    ]);
  });
});
