import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { log } from '@/lib/dashboard/process/log';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** Programs with valid tokens get in, whatever strangers do at the same time. */

const API_TOKEN = 'a-token-of-the-environment';
const served = servedCloud(
  { hosts: 3, servers: 6, audits: 2 },
  { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters', API_TOKENS: API_TOKEN },
);
const { ask } = frontServer(served);

const PERSON = {
  issued_at: '2026-01-01T00:00:00.000000Z',
  expires_at: '2026-01-01T12:00:00.000000Z',
  user: { id: 'u1', name: 'visio', domain: { id: 'default', name: 'Default' } },
};

/** A Keystone that takes its time about tokens that begin with `good`, and refuses others. Returns whom it was asked about. */
function slowKeystone(ms = 100): string[] {
  const asked: string[] = [];
  served.server.use(
    http.get('http://cloud.test/identity/v3/auth/tokens', async ({ request }) => {
      const token = request.headers.get('x-subject-token') ?? '';
      asked.push(token);
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (!token.startsWith('good')) return HttpResponse.json({ error: {} }, { status: 404 });
      const projects = await served.simulation.answer(
        new Request('http://cloud.test/identity/v3/auth/tokens', {
          method: 'POST',
          body: JSON.stringify({
            auth: {
              identity: {
                methods: ['password'],
                password: { user: { name: 'visio', domain: { name: 'Default' }, password: 'simulated' } },
              },
              scope: { project: { name: 'admin', domain: { name: 'Default' } } },
            },
          }),
        }),
      );
      const { token: own } = await projects.json();
      return HttpResponse.json({ token: { ...PERSON, project: own.project, roles: own.roles } });
    }),
  );
  return asked;
}

const statusWith = async (token: string) => (await ask('/api/stats/', { headers: { 'x-auth-token': token } })).status;
const all = (count: number, token: (n: number) => string) =>
  Promise.all(Array.from({ length: count }, (_, n) => statusWith(token(n))));

describe('a valid Keystone token', () => {
  it('is asked about once by a hundred requests at once, all of which are answered', async () => {
    const asked = slowKeystone();
    expect(new Set(await all(100, () => 'good-one'))).toEqual(new Set([200]));
    expect(asked).toEqual(['good-one']);
  });

  it('is accepted beside a hundred others from the same address', async () => {
    slowKeystone(5);
    expect(new Set(await all(100, (n) => `good-${n}`))).toEqual(new Set([200]));
  });

  it('is answered 429 with Retry-After, not 401, once 60 tokens from its address were refused', async () => {
    const asked = slowKeystone(1);
    const statuses = await all(80, (n) => `bad-${n}`);
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(60);
    expect(asked.length).toBeLessThanOrEqual(64);
    const { status, headers, body } = await ask('/api/stats/', { headers: { 'x-auth-token': 'good-late' } });
    expect([status, JSON.parse(body).type]).toEqual([429, '/api/problems/too-many-attempts/']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(280);
    expect(await statusWith(API_TOKEN)).toBe(200);
  });

  it('that was known before stays accepted while its address is refused', async () => {
    slowKeystone(1);
    expect(await statusWith('good-early')).toBe(200);
    await all(80, (n) => `bad-${n}`);
    expect(await statusWith('good-early')).toBe(200);
  });
});

describe('unknown tokens from many networks of one IPv6 /48', () => {
  it('reach Keystone 240 times in all, however many come at once', async () => {
    served.configure({ TRUSTED_PROXIES: '127.0.0.1' });
    const asked = slowKeystone(1);
    const from = (network: number) => ({ 'x-forwarded-for': `2001:db8:5:${network.toString(16)}::1` });
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        ask('/api/stats/', { headers: { 'x-auth-token': `bad-${n}`, ...from(n) } }),
      ),
    );
    expect(asked.length).toBeGreaterThanOrEqual(240);
    expect(asked.length).toBeLessThan(256);
    const late = await ask('/api/stats/', { headers: { 'x-auth-token': 'good-late', ...from(999) } });
    expect(late.status).toBe(429);
  });
});

describe('behind a proxy that signs people in', () => {
  const PROXY = { AUTH: 'proxy', TRUSTED_PROXIES: '127.0.0.9', API_TOKENS: API_TOKEN };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('wrong tokens are counted too: the 61st is 429, and valid ones stay valid', async () => {
    served.configure(PROXY);
    const info = vi.spyOn(log(), 'info');
    const statuses = [];
    for (let n = 0; n < 62; n++) statuses.push((await ask('/api/stats/', { headers: bearer(`wrong-${n}`) })).status);
    expect(statuses.lastIndexOf(401)).toBe(59);
    expect(statuses.slice(60)).toEqual([429, 429]);
    expect((await ask('/api/stats/', { headers: bearer(API_TOKEN) })).status).toBe(200);
    await vi.waitFor(() => expect(info.mock.calls.filter(([, text]) => text === 'token refused')).toHaveLength(62));
    expect(info.mock.calls).toContainEqual([{ client: '127.0.0.1', reason: 'throttled' }, 'token refused']);
  });

  it('the tokens with which people signed in there are not counted', async () => {
    served.configure(PROXY);
    const person = { 'x-forwarded-user': 'ada', 'x-forwarded-for': '192.0.2.1' };
    for (let n = 0; n < 70; n++) {
      const { status } = await ask('/api/stats/', {
        headers: { ...bearer(`theirs-${n}`), ...person },
        from: '127.0.0.9',
      });
      expect(status).toBe(200);
    }
  });
});

describe('X-Forwarded-For without TRUSTED_PROXIES', () => {
  it('is warned about once', async () => {
    const warn = vi.spyOn(log(), 'warn');
    const forwarded = { 'x-forwarded-for': '192.0.2.1' };
    await ask('/api/stats/');
    expect(warn).not.toHaveBeenCalled();
    for (let n = 0; n < 3; n++) await ask('/api/stats/', { headers: forwarded });
    const warnings = warn.mock.calls.map((given) => given.join(' ')).filter((text) => text.includes('TRUSTED_PROXIES'));
    expect(warnings).toHaveLength(1);
  });
});
