import { describe, expect, it } from 'vitest';
import { serveSignIn, serveSignOut } from '@/lib/dashboard/http/sign-in';
import { ACTS, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { servedCloud } from './served-cloud';
import { post, signedIn, toAct } from './signed-in';

describe('signing in to act', () => {
  const served = servedCloud(CLOUD, ACTS);
  const open = async (user = 'ops', code?: string) => {
    served.configure({ DATA_DIR: folder() });
    for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
    return { headers: await signedIn(user, code), ...planOf(served.simulation, 'stabilize-production') };
  };

  it('is needed before an act, and gives the act the person’s own token', async () => {
    const { headers, params, plan } = await open();
    const check = await checkPlan(params, { headers });
    expect(check.permission).toMatchObject({ may_act: true, sign_in: 'password', signed_in_until: null });
    const before = await send('startPlan', { params, headers, body: startOf(check) });
    expect([before.status, before.body.type]).toEqual([403, '/api/problems/acting-sign-in/']);
    expect(plan.state).toBe('RECOMMENDED');
    const acting = await toAct(headers, { password: 'simulated' });
    expect(acting.status).toBe(200);
    expect(acting.response.headers.get('set-cookie')).toMatch(
      /^watcher-visio-acting=[\w-]{43}; .*HttpOnly; SameSite=Strict/,
    );
    const done = await send('startPlan', { params, headers: acting.headers, body: startOf(check) });
    expect(done.body).toMatchObject({ person: 'ops', account: 'own', identified_by: 'session', outcome: 'done' });
  });

  it('refuses a wrong password, and pauses after five of them', async () => {
    const { headers } = await open();
    const answers: { status: number; detail: unknown }[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      const { status, body } = await send('actingSignIn', { params: {}, headers, body: { password: 'wrong' } });
      answers.push({ status, detail: body.detail });
    }
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 429]);
    const said = answers.map(({ detail }) => String(detail).replace('Keystone refused the password or the code. ', ''));
    expect(said[0]).toBe('4 tries left, then a pause of 5 min.');
    expect(said[3]).toBe('1 try left, then a pause of 5 min.');
    expect(said[4]).toBe('Now there is a pause of 5 min.');
    // The sign-in page counts the same attempts.
    const form = new URLSearchParams({ user: 'ops', password: 'simulated', domain: 'Default' });
    expect((await serveSignIn(post('/api/sign-in/', form))).status).toBe(429);
  });

  it('asks for the code where Keystone wants one', async () => {
    const { headers } = await open('ops-totp', '246810');
    const without = await toAct(headers, { password: 'simulated' });
    expect([without.status, without.body.detail]).toEqual([403, 'Keystone wants a one-time code too.']);
    expect((await toAct(headers, { password: 'simulated', code: '246 810' })).status).toBe(200);
  });

  it('is worth nothing in another session, or after signing out', async () => {
    const { headers, params } = await open();
    const acting = await toAct(headers, { password: 'simulated' });
    const check = await checkPlan(params, { headers: acting.headers });
    expect(check.permission.signed_in_until).toEqual(expect.any(String));
    const handle = acting.headers.cookie?.split('; ')[1] ?? '';
    const other = await signedIn('visio');
    const stolen = await send('startPlan', {
      params,
      headers: { ...other, cookie: `${other.cookie}; ${handle}` },
      body: startOf(check),
    });
    expect([stolen.status, stolen.body.type]).toEqual([403, '/api/problems/acting-sign-in/']);
    await serveSignOut(post('/api/sign-out/', new URLSearchParams(), { cookie: acting.headers.cookie ?? '' }));
    const again = await signedIn('ops');
    const after = await send('startPlan', {
      params,
      headers: { ...again, cookie: `${again.cookie}; ${handle}` },
      body: startOf(check),
    });
    expect(after.status).toBe(403);
  });

  it('and acts are accepted from pages of this server only', async () => {
    const { headers, params, plan } = await open();
    const acting = await toAct(headers, { password: 'simulated' });
    const body = startOf(await checkPlan(params, { headers: acting.headers }));
    const from = { ...acting.headers, origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };
    expect((await send('startPlan', { params, headers: from, body })).body.type).toBe('/api/problems/other-origin/');
    expect((await send('actingSignIn', { params: {}, headers: from, body: { password: 'simulated' } })).status).toBe(
      403,
    );
    expect(plan.state).toBe('RECOMMENDED');
  });
});
