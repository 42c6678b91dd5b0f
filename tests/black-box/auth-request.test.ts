import { request } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answered, ask } from './support/ask';
import { openIdentityService } from './support/identity-service';
import { hasNginx, startNginx } from './support/nginx';
import { startProduct } from './support/product';

/** docs/deploy/nginx-auth-request.conf with a real nginx, in front of the server and a stand-in for the identity service. */

const API_TOKEN = 'metrics-9f4c1e7a2b8d';
let nginx: number;
let direct: number;

describe.skipIf(!hasNginx)(`nginx with auth_request${hasNginx ? '' : ' (skipped: there is no nginx here)'}`, () => {
  beforeAll(async () => {
    const product = await startProduct({
      USE_MOCK_DATA: 'true',
      MOCK_HOSTS: '2',
      AUTH: 'proxy',
      AUTH_PROXY_USER_HEADER: 'X-Forwarded-User',
      // nginx connects from 127.0.0.1; the tests that pass it by come from elsewhere.
      TRUSTED_PROXIES: '127.0.0.1',
      API_TOKENS: API_TOKEN,
    });
    direct = product.port;
    const identity = await openIdentityService();
    nginx = await startNginx('nginx-auth-request.conf', {
      'visio:3000': product.port,
      'identity:4180': identity.port,
    });
  });

  const through = (path: string, headers: Record<string, string> = {}) =>
    new Promise<Answered>((resolve, reject) => {
      const host = { host: '127.0.0.1', port: nginx, rejectUnauthorized: false, agent: false };
      request({ ...host, path, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      })
        .on('error', reject)
        .end();
    });

  /** The cookie of the identity service. */
  async function signIn(user: string, rd = '/'): Promise<string> {
    const { headers } = await through(`/oauth2/login?${new URLSearchParams({ user, rd })}`);
    return String(headers['set-cookie']).split(';')[0] ?? '';
  }

  it('sends who is not signed in to the login, and from there back to the same address', async () => {
    const { status, headers } = await through('/hosts/?show=hot&sort=cpu');
    expect([status, headers.location]).toEqual([302, '/oauth2/login?rd=%2Fhosts%2F%3Fshow%3Dhot%26sort%3Dcpu']);
    expect(headers['strict-transport-security']).toBeDefined();
  });

  it('shows the person who signed in', async () => {
    const { status, body, headers } = await through('/', { cookie: await signIn('ada') });
    expect(status).toBe(200);
    expect(body).toContain('Signed in as ada');
    expect(headers['cache-control']).toMatch(/private.*no-store/);
  });

  it.each([
    'X-Forwarded-User',
    'x-forwarded-user',
    'X_Forwarded_User',
    'X-Auth-Request-User',
    'X-Visitor',
    'X-Watcher-Visio-Peer',
  ])('gives nothing to a client that sends %s itself', async (name) => {
    expect((await through('/', { [name]: 'boss' })).status).toBe(302);
    expect((await through('/api/stats/', { [name]: 'boss' })).status).toBe(401);
    expect((await through('/api/metrics/', { [name]: 'boss' })).status).toBe(401);
    const { body } = await through('/', { cookie: await signIn('ada'), [name]: 'boss' });
    expect(body).toContain('Signed in as ada');
    expect(body).not.toContain('boss');
  });

  it('is the only one that the server believes', async () => {
    const tries: Record<string, string>[] = [
      { 'x-forwarded-user': 'boss' },
      { 'x-forwarded-user': 'boss', 'x-forwarded-for': '127.0.0.1' },
    ];
    for (const headers of tries)
      expect((await ask(direct, '/api/stats/', { headers, from: '127.0.0.2' })).status).toBe(401);
  });

  it('answers 401 to programs that are not signed in, lets Prometheus in with its token, and has open health checks', async () => {
    expect((await through('/api/stats/')).status).toBe(401);
    const bearer = (token: string) => through('/api/metrics/', { authorization: `Bearer ${token}` });
    expect((await bearer(API_TOKEN)).status).toBe(200);
    expect((await bearer('wrong')).status).toBe(401);
    expect((await through('/api/health/live/')).status).toBe(200);
  });

  it('keeps the question to the identity service to itself', async () => {
    expect((await through('/oauth2/auth')).status).toBe(404);
  });

  it('knows nobody any more once they have signed out', async () => {
    const cookie = await signIn('ada');
    expect((await through('/api/source-status/', { cookie })).status).toBe(200);
    expect((await through('/oauth2/sign_out', { cookie })).status).toBe(302);
    expect((await through('/api/source-status/', { cookie })).status).toBe(401);
    expect((await through('/', { cookie })).status).toBe(302);
  });
});
