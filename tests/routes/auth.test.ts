import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { sealPeer } from '@/lib/dashboard/access/peer';
import { isAllowed } from '@/lib/dashboard/access/visitors';
import { serveMetrics } from '@/lib/dashboard/http/metrics';
import { serveUnknownPath } from '@/lib/dashboard/http/serve';
import { serveSignIn, serveSignOut } from '@/lib/dashboard/http/sign-in';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { readPhysical } from '@/lib/dashboard/views/overview';
import { readSources } from '@/lib/dashboard/views/state';
import { ask, servedCloud } from './served-cloud';

const TOKEN = 'a-token-of-the-environment';
const AUTH = {
  AUTH: 'keystone',
  AUTH_ROLES: 'admin',
  AUTH_SECRET: 'a secret of at least 32 characters',
  API_TOKENS: TOKEN,
};

type Given = { headers?: Record<string, string> };

function signIn(form: Record<string, string>, { headers = {} }: Given = {}) {
  return serveSignIn(
    new Request('http://visio.test/api/sign-in/', {
      method: 'POST',
      headers: { origin: 'http://visio.test', host: 'visio.test', ...headers },
      body: new URLSearchParams({ domain: 'Default', next: '/hosts/', ...form }),
    }),
  );
}

const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const problemOf = (response: Response) =>
  new URL(response.headers.get('location') ?? '', 'http://visio.test').searchParams.get('problem');
const statusFor = async (headers: Record<string, string>) => (await ask('stats', { headers })).response.status;

describe('sign-in with Keystone', () => {
  const served = servedCloud({ hosts: 3, servers: 6, audits: 2 }, AUTH);

  it('admits a user with an allowed role until they sign out', async () => {
    const response = await signIn({ user: 'visio', password: 'simulated' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/hosts/']);
    expect(response.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Expires=/);
    expect(response.headers.get('set-cookie')).not.toMatch(/Secure|simulated|gAAAA/);
    const cookie = cookieOf(response);
    expect(await statusFor({ cookie: `other=1; ${cookie}` })).toBe(200);
    expect(await isAllowed({ headers: { cookie } })).toBe(true);
    const out = await serveSignOut(
      new Request('http://visio.test/api/sign-out/', {
        method: 'POST',
        headers: { cookie, origin: 'http://visio.test', host: 'visio.test' },
      }),
    );
    expect(out.headers.get('set-cookie')).toMatch(/^watcher-visio-session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await statusFor({ cookie })).toBe(401);
  });

  it('marks the cookie as Secure if the page was loaded over HTTPS', async () => {
    const response = await signIn(
      { user: 'visio', password: 'simulated' },
      { headers: { 'x-forwarded-proto': 'https' } },
    );
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-watcher-visio-session=.*; Path=\/; .*; Secure$/);
  });

  it.each([
    ['a wrong password', { user: 'visio', password: 'wrong' }, 'refused'],
    ['an unknown user', { user: 'nobody', password: 'simulated' }, 'refused'],
    ['another domain', { user: 'visio', password: 'simulated', domain: 'elsewhere' }, 'refused'],
    ['no role on the project', { user: 'alice', password: 'simulated' }, 'refused'],
    ['a role that is not allowed', { user: 'visio-reader', password: 'simulated' }, 'role'],
    ['no password', { user: 'visio', password: '' }, 'form'],
    ['a form as long as a book', { user: 'visio', password: 'x'.repeat(10_000) }, 'form'],
  ])('rejects %s', async (_, form, problem) => {
    const response = await signIn(form);
    expect([response.status, problemOf(response), cookieOf(response)]).toEqual([303, problem, '']);
  });

  it('rejects a form sent from another site', async () => {
    const form = { user: 'visio', password: 'simulated' };
    expect(problemOf(await signIn(form, { headers: { 'sec-fetch-site': 'cross-site' } }))).toBe('form');
    expect(problemOf(await signIn(form, { headers: { origin: 'http://evil.test' } }))).toBe('form');
  });

  it('admits readers if their role is allowed', async () => {
    served.configure({ AUTH_ROLES: 'admin,Reader' });
    expect(cookieOf(await signIn({ user: 'visio-reader', password: 'simulated' }))).not.toBe('');
    expect(problemOf(await signIn({ user: 'alice', password: 'simulated' }))).toBe('refused');
  });

  it('stops asking Keystone after five wrong passwords', async () => {
    for (let n = 0; n < 5; n++) await signIn({ user: 'visio', password: 'wrong' });
    const before = served.simulation.requests.keystone;
    const response = await signIn({ user: 'visio', password: 'simulated' });
    expect(problemOf(response)).toBe('throttled');
    expect(served.simulation.requests.keystone).toBe(before);
  });

  it('reports when Keystone fails, and does not count it as a failed attempt', async () => {
    served.simulation.setFault('keystone', { status: 503 });
    for (let n = 0; n < 7; n++)
      expect(problemOf(await signIn({ user: 'visio', password: 'simulated' }))).toBe('unreachable');
    served.simulation.setFault('keystone', null);
    expect(problemOf(await signIn({ user: 'visio', password: 'simulated' }))).toBeNull();
  });
});

describe('a visitor without access', () => {
  servedCloud({ hosts: 3, servers: 6, audits: 2 }, AUTH);

  it.each(Object.keys(ENDPOINTS) as EndpointName[])('gets no data from %s', async (name) => {
    const { response, body } = await ask(name, { params: { name: 'cmp-r01-01', id: 'x' } });
    expect([response.status, body.title]).toEqual([401, 'Not signed in']);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('gets no metrics and cannot find out which addresses exist', async () => {
    const request = () => new Request('http://visio.test/api/x/');
    expect((await serveMetrics(request())).status).toBe(401);
    expect((await serveUnknownPath(request())).status).toBe(401);
  });

  it('gets no data in a page even if the proxy in front of it is bypassed', async () => {
    expect(await readPhysical(defaultRegion().id)).toEqual({
      ok: false,
      problem: { source: null, message: 'Sign in to see this.', isReading: false },
    });
    expect(await readSources(defaultRegion().id)).toMatchObject({ ok: false });
  });

  it.each([
    ['a wrong token', { authorization: 'Bearer a-token-of-the-environmenX' }],
    ['a token that Keystone does not know', { 'x-auth-token': 'gAAAAA-forged' }],
    ['a forged cookie', { cookie: 'watcher-visio-session=eyJhbGciOiJkaXIifQ..a.b.c' }],
    ['the header of a proxy', { 'x-forwarded-user': 'admin', 'x-watcher-visio-peer': '127.0.0.1' }],
    ['the names of what lies inside', { 'x-visitor': 'admin', 'x-middleware-subrequest': 'proxy:proxy:proxy' }],
  ])('does not gain access with %s', async (_, headers: Record<string, string>) => {
    expect(await statusFor(headers)).toBe(401);
    expect(await isAllowed({ headers })).toBe(false);
  });
});

describe('access for programs', () => {
  const served = servedCloud({ hosts: 3, servers: 6, audits: 2 }, AUTH);

  async function tokenOf(user: string): Promise<string> {
    const project = user === 'alice' ? undefined : { name: 'admin', domain: { name: 'Default' } };
    const body = {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: user, domain: { name: 'Default' }, password: 'simulated' } },
        },
        ...(project ? { scope: { project } } : {}),
      },
    };
    const response = await served.simulation.answer(
      new Request('http://cloud.test/identity/v3/auth/tokens', { method: 'POST', body: JSON.stringify(body) }),
    );
    return response.headers.get('x-subject-token') ?? '';
  }

  it('accepts a configured API token', async () => {
    expect(await statusFor({ authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await statusFor({ 'x-auth-token': TOKEN })).toBe(200);
  });

  it('accepts the Keystone token of a permitted user and asks Keystone about it once', async () => {
    const token = await tokenOf('visio');
    expect(await statusFor({ 'x-auth-token': token })).toBe(200);
    const before = served.simulation.requests.keystone;
    expect(await statusFor({ authorization: `Bearer ${token}` })).toBe(200);
    expect(served.simulation.requests.keystone).toBe(before);
  });

  it('rejects Keystone tokens of other roles and other projects', async () => {
    expect(await statusFor({ 'x-auth-token': await tokenOf('visio-reader') })).toBe(401);
    expect(await statusFor({ 'x-auth-token': await tokenOf('alice') })).toBe(401);
  });

  it('answers 503 if Keystone cannot be asked about a token', async () => {
    const token = await tokenOf('visio');
    served.simulation.setFault('keystone', { status: 500 });
    const { response, body } = await ask('stats', { headers: { 'x-auth-token': token } });
    expect([response.status, body.source]).toEqual([503, 'Keystone']);
    expect(JSON.stringify(body)).not.toContain(token);
  });
});

describe('access with AUTH=proxy', () => {
  servedCloud({ hosts: 3, servers: 6, audits: 2 }, { AUTH: 'proxy', TRUSTED_PROXIES: '10.0.0.0/8', API_TOKENS: TOKEN });
  const from = (address: string, more: Record<string, string> = {}) => ({
    'x-watcher-visio-peer': sealPeer(address),
    ...more,
  });

  it('accepts users named by trusted proxies, and API tokens', async () => {
    expect(await statusFor(from('10.1.2.3', { 'x-forwarded-user': 'ada' }))).toBe(200);
    const withItsToken = { 'x-forwarded-user': 'ada', authorization: 'Bearer of-the-proxy' };
    expect(await statusFor(from('10.1.2.3', withItsToken))).toBe(200);
    expect(await statusFor(from('192.0.2.1', { authorization: `Bearer ${TOKEN}` }))).toBe(200);
  });

  it('rejects everyone else, whatever their headers say', async () => {
    expect(await statusFor(from('192.0.2.1', { 'x-forwarded-user': 'ada', 'x-forwarded-for': '10.1.2.3' }))).toBe(401);
    expect(await statusFor(from('10.1.2.3'))).toBe(401);
    expect(await statusFor(from('10.1.2.3', { 'x-forwarded-user': ' ' }))).toBe(401);
    expect(await statusFor({ 'x-watcher-visio-peer': '10.1.2.3', 'x-forwarded-user': 'ada' })).toBe(401);
  });
});
