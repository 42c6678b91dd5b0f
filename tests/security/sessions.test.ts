import { describe, expect, it, vi } from 'vitest';
import { openSessionCookies } from '@/lib/auth/session-cookie';
import { log } from '@/lib/dashboard/process/log';
import { ownMetrics } from '@/lib/dashboard/process/own-metrics';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { type Answered, signInForm } from '../black-box/support/ask';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

const AUTH_SECRET = 'a secret of at least 32 characters';
const served = servedCloud(
  { hosts: 3, servers: 6, audits: 2 },
  { AUTH: 'keystone', AUTH_SECRET, AUTH_SESSION_HOURS: '8', AUTH_CHECK_MINUTES: '0' },
);
const { ask } = frontServer(served);

/** The cookie of someone who knows the secret. */
async function cookieOf({ issuedAt, expiresAt }: { issuedAt: number; expiresAt: number }): Promise<string> {
  const sessions = openSessionCookies(AUTH_SECRET, () => issuedAt, { longestMs: Number.MAX_SAFE_INTEGER });
  return `watcher-visio-session=${await sessions.seal({ name: 'root', userId: 'u1' }, expiresAt)}`;
}

const statusFor = async (cookie: string, headers: Record<string, string> = {}) =>
  (await ask('/api/stats/', { headers: { cookie, ...headers } })).status;
const TEN_YEARS_MS = 10 * 365 * 24 * HOUR_MS;

describe('a session', () => {
  it('ends AUTH_SESSION_HOURS after its issue, whatever its cookie says', async () => {
    const now = Date.now();
    const issuedBefore = (ms: number) => cookieOf({ issuedAt: now - ms, expiresAt: now + TEN_YEARS_MS });
    expect(await statusFor(await issuedBefore(8 * HOUR_MS - MINUTE_MS))).toBe(200);
    expect(await statusFor(await issuedBefore(8 * HOUR_MS))).toBe(401);
  });

  it('is not accepted from the future', async () => {
    const issuedAt = Date.now() + HOUR_MS;
    expect(await statusFor(await cookieOf({ issuedAt, expiresAt: issuedAt + HOUR_MS }))).toBe(401);
  });
});

describe('a session cookie', () => {
  const https = { 'x-forwarded-proto': 'https' };
  const signIn = (headers: Record<string, string> = {}) =>
    ask('/api/sign-in/', signInForm({ user: 'visio', password: 'simulated' }, headers));
  const setCookie = ({ headers }: Answered) => String(headers['set-cookie']);
  const cookieIn = (answer: Answered) => setCookie(answer).split(';')[0] ?? '';

  it('can’t come from a sibling host where the connection is secure', async () => {
    const answer = await signIn(https);
    expect(setCookie(answer)).toMatch(
      /^__Host-watcher-visio-session=[^;]+; Path=\/; HttpOnly; SameSite=Strict; .*; Secure$/,
    );
    expect(setCookie(answer)).not.toMatch(/domain=/i);
    expect(await statusFor(cookieIn(answer), https)).toBe(200);
    const plain = cookieIn(answer).replace('__Host-', '');
    expect([await statusFor(plain, https), await statusFor(plain)]).toEqual([401, 200]);
  });

  it('counts beside planted ones, wherever it stands', async () => {
    const good = cookieIn(await signIn());
    const planted = Array.from({ length: 40 }, (_, n) => `watcher-visio-session=planted-${n}`).join('; ');
    expect(await statusFor(`${planted}; ${good}`)).toBe(200);
    expect(await statusFor(`${good}; ${planted}`)).toBe(200);
    expect(await statusFor(planted)).toBe(401);
  });

  it('ends with every session in it at the sign-out, which clears what the browser keeps', async () => {
    const [one, two] = [cookieIn(await signIn()), cookieIn(await signIn())];
    const headers = { cookie: `${one}; ${two}`, 'sec-fetch-site': 'same-origin' };
    const out = await ask('/api/sign-out/', { method: 'POST', headers });
    expect(out.headers['clear-site-data']).toBe('"cache", "storage"');
    expect([await statusFor(one), await statusFor(two)]).toEqual([401, 401]);
  });
});

describe('an answer for somebody who signed in', () => {
  it('stays in no cache, from the route and early', async () => {
    const cookie = await cookieOf({ issuedAt: Date.now(), expiresAt: Date.now() + HOUR_MS });
    for (const path of ['/api/stats/', '/api/stats/', '/api/audits/', '/api/metrics/', '/api/v1/nothing/']) {
      const { headers } = await ask(path, { headers: { cookie } });
      expect(headers['cache-control'], path).toMatch(/no-store/);
    }
    expect((await ask('/api/stats/', { headers: { cookie } })).headers['cache-control']).toBe('private, no-store');
  });

  it('has no-cache where nobody signs in', async () => {
    served.configure({ AUTH: 'none', API_TOKENS: undefined });
    expect((await ask('/api/stats/')).headers['cache-control']).toBe('no-cache');
  });
});

describe('what is refused', () => {
  it('is one line in the log with the client’s address, and counted', async () => {
    const info = vi.spyOn(log(), 'info');
    served.configure({ TRUSTED_PROXIES: '127.0.0.1' });
    const from = { 'x-forwarded-for': '203.0.113.9' };
    await ask('/api/stats/', { headers: { ...from, authorization: 'Bearer an-unknown-token' } });
    await ask('/api/sign-in/', signInForm({ user: 'my-password', password: 'x' }, from));
    await ask('/api/stats/', { headers: from });
    await vi.waitFor(() => expect(info.mock.calls).toHaveLength(2));
    expect(info.mock.calls).toEqual([
      [{ client: '203.0.113.9', reason: 'refused' }, 'token refused'],
      [{ client: '203.0.113.9', result: 'refused' }, 'sign-in refused'],
    ]);
    const metrics = await ownMetrics().registry.metrics();
    expect(metrics).toContain('watcher_visio_refused_tokens_total{reason="refused"} 1');
    expect(metrics).toContain('watcher_visio_sign_ins_total{result="refused"} 1');
  });
});
