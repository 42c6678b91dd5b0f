import { describe, expect, it } from 'vitest';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { servedCloud } from './served-cloud';

describe('with acts off', () => {
  const served = servedCloud(CLOUD, { ...ACTS, ACTIONS: 'off' });

  it('no write leaves the server, whatever is sent', async () => {
    served.configure({ DATA_DIR: folder() });
    const headers = await asUser(served.simulation, 'ops');
    const { params, plan } = planOf(served.simulation, 'stabilize-production');
    const methods: string[] = [];
    served.server.events.on('request:start', ({ request }) => {
      if (!request.url.includes('/identity/') && !request.url.includes('/prometheus/')) methods.push(request.method);
    });
    const check = await checkPlan(params, { headers });
    const action = plan.actions[0]?.id ?? '';
    const answers = await Promise.all([
      send('startPlan', { params, headers, body: startOf(check) }),
      send('cancelPlan', { params, headers }),
      send('archivePlan', { params, headers, body: { reason: 'x' } }),
      send('skipAction', { params: { ...params, action }, headers, body: { reason: 'x' } }),
      send('abortMove', { params: { ...params, action }, headers }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect(new Set(methods)).toEqual(new Set(['GET']));
    expect(plan.state).toBe('RECOMMENDED');
  });
});
