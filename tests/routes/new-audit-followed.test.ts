import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { ACTS, asUser, CLOUD, folder, send } from './acting';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud(CLOUD, ACTS);

describe('following a new audit', () => {
  it('leads to a plan only once the pages know it', async () => {
    served.configure({ DATA_DIR: folder() });
    // Without force, an audit gives up while a plan runs.
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    const headers = await asUser(served.simulation, 'ops');
    const settings = { name: 'even-out', strategy: 'workload_stabilization', type: 'ONESHOT', parameters: {} };
    await send('createAudit', { params: {}, headers, body: { settings, reason: 'az-a runs hot' } });
    const made = served.simulation.cloud.audits.find(({ name }) => name === 'even-out');
    const progress = async () => (await ask('auditProgress', { headers, params: { id: 'even-out' } })).body;
    let hides = true;
    // A reading that began before the plan was made, and ends after it.
    served.server.use(
      http.get('*/v1/action_plans*', async ({ request }) => {
        const answer = await served.simulation.answer(request);
        if (!hides || new URL(request.url).searchParams.has('audit_uuid')) return answer;
        const { action_plans: plans, ...rest } = await answer.json();
        const known = plans.filter(({ audit_uuid: of }: { audit_uuid: string }) => of !== made?.id);
        return HttpResponse.json({ ...rest, action_plans: known }, answer);
      }),
    );
    const text = 'It has made a plan, which is being read.';
    await vi.waitFor(async () => expect(await progress()).toMatchObject({ phase: 'looking', text, plan_id: null }), {
      timeout: 20_000,
      interval: 500,
    });
    hides = false;
    await vi.waitFor(async () => expect(await progress()).toMatchObject({ phase: 'planned' }), { timeout: 20_000 });
  });
});
