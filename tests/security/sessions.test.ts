import { describe, expect, it } from 'vitest';
import { openSessionCookies } from '@/lib/auth/session-cookie';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { servedCloud } from '../routes/served-cloud';
import { hookedServer } from '../server/hooked-server';

const AUTH_SECRET = 'a secret of at least 32 characters';
const { ask } = hookedServer(
  servedCloud({ hosts: 3, servers: 6, audits: 2 }, { AUTH: 'keystone', AUTH_SECRET, AUTH_SESSION_HOURS: '8' }),
);

/** The cookie of someone who knows the secret. */
async function cookieOf({ issuedAt, expiresAt }: { issuedAt: number; expiresAt: number }): Promise<string> {
  const sessions = openSessionCookies(AUTH_SECRET, () => issuedAt, { longestMs: Number.MAX_SAFE_INTEGER });
  return `watcher-visio-session=${await sessions.seal('root', expiresAt)}`;
}

const statusFor = async (cookie: string) => (await ask('/api/stats/', { cookie })).status;
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
