import { describe, expect, it } from 'vitest';
import { sealPeer } from '@/lib/dashboard/access/peer';
import { serveSignIn } from '@/lib/dashboard/http/sign-in';
import { ACTS, asUser, CLOUD, checkPlan, folder, planOf, send, startOf } from './acting';
import { type ServedCloud, servedCloud } from './served-cloud';

/** Who may act where the account of the server acts, and where a proxy signs people in. */

const OWN_PAGE = { origin: 'http://visio.test', host: 'visio.test' };
const TOKEN = { authorization: `Bearer ${ACTS.API_TOKENS}` };

function open(served: ServedCloud) {
  served.configure({ DATA_DIR: folder() });
  for (const plan of served.simulation.cloud.plans) if (/ING$/.test(plan.state)) plan.state = 'SUCCEEDED';
  return planOf(served.simulation, 'stabilize-production');
}

type Plan = ReturnType<typeof open>;

async function start({ params }: Plan, headers: Record<string, string>) {
  const check = await checkPlan(params, { headers });
  const { status, body } = await send('startPlan', { params, headers, body: startOf(check) });
  return { status, body, permission: check.permission };
}

/** The headers of a browser whose person signed in on the page. */
async function signedIn(user: string): Promise<Record<string, string>> {
  const body = new URLSearchParams({ user, password: 'simulated', domain: 'Default' });
  const request = new Request('http://visio.test/api/sign-in/', { method: 'POST', headers: OWN_PAGE, body });
  const cookie = ((await serveSignIn(request)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { ...OWN_PAGE, cookie };
}

describe('acts of the server’s account for people of Keystone', () => {
  const served = servedCloud(CLOUD, { ...ACTS, ACTIONS: 'service' });

  it('are done for who has a role of ACT_ROLES, without another sign-in, and the journal names the person', async () => {
    const plan = open(served);
    const { status, body, permission } = await start(plan, await signedIn('ops'));
    expect(permission).toMatchObject({ may_act: true, mode: 'service', sign_in: 'none' });
    expect([status, body]).toMatchObject([200, { person: 'ops', account: 'service', identified_by: 'session' }]);
    expect(['PENDING', 'ONGOING']).toContain(plan.plan.state);
  });

  it('are refused to who has none of them, by session or by token', async () => {
    const plan = open(served);
    for (const headers of [await signedIn('reader'), await asUser(served.simulation, 'reader')]) {
      const { status, body, permission } = await start(plan, headers);
      expect(permission).toMatchObject({ may_act: false, code: 'may-look', roles: ['reader'] });
      expect(permission.reason).toBe('You may look, not act: acting needs the role admin; yours are reader.');
      expect([status, body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    }
    expect(plan.plan.state).toBe('RECOMMENDED');
  });

  it('go by the setting', async () => {
    const plan = open(served);
    served.configure({ ACT_ROLES: 'auditor' });
    const { permission } = await start(plan, await asUser(served.simulation, 'ops'));
    expect(permission).toMatchObject({ may_act: false, needs: ['auditor'] });
    served.configure({ ACT_ROLES: 'auditor,Reader' });
    expect((await start(plan, await asUser(served.simulation, 'reader'))).status).toBe(200);
  });

  it('are refused while Keystone does not say which roles a person has', async () => {
    const plan = open(served);
    const headers = await signedIn('ops');
    const check = await checkPlan(plan.params, { headers: await asUser(served.simulation, 'ops') });
    served.simulation.setFault('keystone', { status: 403, only: 'role_assignments' });
    const { status, body } = await send('startPlan', { params: plan.params, headers, body: startOf(check) });
    expect([status, body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    expect(body.detail).toContain('Keystone does not say which roles you have');
    expect(plan.plan.state).toBe('RECOMMENDED');
  });

  it('are not done for API tokens', async () => {
    const plan = open(served);
    const { status, body, permission } = await start(plan, TOKEN);
    expect(permission).toMatchObject({ may_act: false, code: 'may-look' });
    expect([status, body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    expect(plan.plan.state).toBe('RECOMMENDED');
  });
});

const PROXY = { AUTH: 'proxy', TRUSTED_PROXIES: '10.0.0.0/8', AUTH_PROXY_ROLES_HEADER: 'X-Forwarded-Groups' };
const through = (address: string, groups: string): Record<string, string> => ({
  ...OWN_PAGE,
  'x-watcher-visio-peer': sealPeer(address),
  'x-forwarded-user': 'ada',
  'x-forwarded-groups': groups,
});

describe('acts of the server’s account for people whom a proxy names', () => {
  const served = servedCloud(CLOUD, { ...ACTS, ...PROXY, ACTIONS: 'service' });

  it('are done for who has a role in the header of a trusted proxy', async () => {
    const plan = open(served);
    const { status, body } = await start(plan, through('10.1.2.3', 'staff, Admin'));
    expect([status, body]).toMatchObject([
      200,
      { person: 'ada', user_id: null, account: 'service', identified_by: 'proxy' },
    ]);
  });

  it.each(['', 'staff', 'administrators'])('are refused to who has no role in it: “%s”', async (groups) => {
    const plan = open(served);
    const { status, permission } = await start(plan, through('10.1.2.3', groups));
    expect([status, permission.code]).toEqual([403, 'may-look']);
    expect(plan.plan.state).toBe('RECOMMENDED');
  });

  it('are refused to strangers who send the header themselves, and to tokens', async () => {
    const plan = open(served);
    const check = await checkPlan(plan.params, { headers: through('10.1.2.3', 'admin') });
    const given = { params: plan.params, body: startOf(check) };
    const forged = { ...through('192.0.2.1', 'admin'), 'x-forwarded-for': '10.1.2.3' };
    const unsealed = { ...through('10.1.2.3', 'admin'), 'x-watcher-visio-peer': '10.1.2.3' };
    for (const headers of [forged, unsealed, await asUser(served.simulation, 'ops')])
      expect((await send('startPlan', { ...given, headers })).status).toBe(401);
    // A token that may look does not borrow the roles of a header.
    const lent = await send('startPlan', { ...given, headers: { ...through('192.0.2.1', 'admin'), ...TOKEN } });
    expect([lent.status, lent.body.refusal]).toMatchObject([403, { code: 'may-look' }]);
    expect(plan.plan.state).toBe('RECOMMENDED');
  });
});

describe('acts with a person’s own token behind a proxy', () => {
  const served = servedCloud(CLOUD, { ...ACTS, ...PROXY, ACTIONS: 'person' });

  it('ask for a Keystone user, who is the one in the journal', async () => {
    const plan = open(served);
    const headers = through('10.1.2.3', 'admin');
    const before = await start(plan, headers);
    expect(before.permission).toMatchObject({ may_act: true, sign_in: 'user-and-password' });
    expect([before.status, before.body.type]).toEqual([403, '/api/problems/acting-sign-in/']);
    const nameless = await send('actingSignIn', { params: {}, headers, body: { password: 'simulated' } });
    expect(nameless.status).toBe(403);

    const body = { user: 'ops', domain: 'Default', password: 'simulated' };
    const acting = await send('actingSignIn', { params: {}, headers, body });
    const cookie = (acting.response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const done = await start(plan, { ...headers, cookie });
    expect([done.status, done.body]).toMatchObject([200, { person: 'ops', account: 'own', identified_by: 'proxy' }]);
  });

  it('end with what Watcher says to that user, whatever the header says', async () => {
    const plan = open(served);
    const headers = through('10.1.2.3', 'admin');
    const body = { user: 'reader', domain: 'Default', password: 'simulated' };
    const acting = await send('actingSignIn', { params: {}, headers, body });
    const cookie = (acting.response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { status, body: problem, permission } = await start(plan, { ...headers, cookie });
    expect(permission).toMatchObject({ may_act: false, roles: ['reader'] });
    expect([status, problem.type]).toEqual([409, '/api/problems/act-refused/']);
    expect(problem.detail).toMatch(/^Watcher refused to start the plan/);
    expect(plan.plan.state).toBe('RECOMMENDED');
  });
});
