import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDoctor } from '@/lib/dashboard/collect/examination';
import { log } from '@/lib/dashboard/process/log';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { MINUTE_MS } from '@/lib/units';
import { signInForm } from '../black-box/support/ask';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** A session does not outlive its person. */

const served = servedCloud(
  { hosts: 3, servers: 6, audits: 2 },
  { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' },
);
const { ask } = frontServer(served);

const USERS = 'http://cloud.test/identity/v3/users/:id';
const ASSIGNMENTS = 'http://cloud.test/identity/v3/role_assignments';

async function signIn() {
  const { headers } = await ask('/api/sign-in/', signInForm({ user: 'visio', password: 'simulated' }));
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  return async () => (await ask('/api/stats/', { headers: { cookie } })).status;
}

/** Only the clock stands still and moves; timers go on. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());
const passMinutes = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE_MS);

const ANSWERS = {
  'is disabled': () => http.get(USERS, () => HttpResponse.json({ user: { id: 'x', enabled: false } })),
  'is deleted': () => http.get(USERS, () => HttpResponse.json({ error: {} }, { status: 404 })),
  'has lost every role': () => http.get(ASSIGNMENTS, () => HttpResponse.json({ role_assignments: [] })),
  'has another role': () =>
    http.get(ASSIGNMENTS, () => HttpResponse.json({ role_assignments: [{ role: { id: 'r', name: 'reader' } }] })),
};

describe('a session', () => {
  it.each(Object.entries(ANSWERS))('ends within five minutes when its user %s', async (_, handler) => {
    const status = await signIn();
    served.server.use(handler());
    expect(await status()).toBe(200);
    passMinutes(5);
    expect(await status()).toBe(401);
    served.server.resetHandlers();
    expect(await status()).toBe(401);
  });

  it('stays when nothing has changed, and asks once for many requests', async () => {
    const status = await signIn();
    passMinutes(5);
    const before = served.simulation.requests.keystone;
    expect(new Set(await Promise.all(Array.from({ length: 20 }, status)))).toEqual(new Set([200]));
    // The check takes three at most, and names of projects and domains are read once.
    expect(served.simulation.requests.keystone - before).toBeLessThanOrEqual(5);
  });

  it.each([403, 500])('stays while Keystone answers %s, about which the log says so', async (fault) => {
    const warn = vi.spyOn(log(), 'warn');
    const status = await signIn();
    served.server.use(http.get(USERS, () => HttpResponse.json({ error: {} }, { status: fault })));
    passMinutes(5);
    expect(await status()).toBe(200);
    expect(warn.mock.calls.map(([, text]) => text)).toContain('sessions could not be checked with Keystone');
  });

  it('of somebody who may look again begins with the next sign-in', async () => {
    const status = await signIn();
    served.server.use(ANSWERS['is disabled']());
    passMinutes(5);
    expect(await status()).toBe(401);
    passMinutes(1);
    expect(await (await signIn())()).toBe(200);
  });
});

describe('the doctor', () => {
  const check = async () => (await runDoctor(defaultRegion().id)).checks.find(({ id }) => id === 'sessions');

  it('says whether sessions can be checked', async () => {
    expect(await check()).toMatchObject({ status: 'ok' });
    served.server.use(http.get(ASSIGNMENTS, () => HttpResponse.json({ error: {} }, { status: 403 })));
    expect(await check()).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('identity:list_role_assignments'),
    });
  });
});
