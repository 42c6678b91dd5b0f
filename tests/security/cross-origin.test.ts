import { describe, expect, it } from 'vitest';
import { parseEnv } from '@/lib/env';
import { servedCloud } from '../routes/served-cloud';
import { hookedServer } from '../server/hooked-server';

/** Pages of other sites read the API only where a setting names them, and never act. */

const PORTAL = 'https://portal.example';
const served = servedCloud({ hosts: 3, servers: 10 });
const { ask } = hookedServer(served);

const allowing = (value: string, more: Record<string, string> = {}) =>
  served.configure({ CORS_ORIGINS: value, ...more });
const from = (origin: string) => ({ origin });
const preflight = (path: string, origin: string, method = 'GET') =>
  ask(
    path,
    { origin, 'access-control-request-method': method, 'access-control-request-headers': 'x-auth-token' },
    'OPTIONS',
  );

/** Names of headers that begin with access-control-. */
const told = ({ headers }: Awaited<ReturnType<typeof ask>>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('pages of other sites', () => {
  it('can’t read the API unless a setting says so, nor does an answer depend on who asks', async () => {
    const answer = await ask('/api/stats/', from(PORTAL));
    expect([answer.status, told(answer)]).toEqual([200, []]);
    expect(String(answer.headers.vary)).not.toContain('Origin');
    expect(told(await preflight('/api/stats/', PORTAL))).toEqual([]);
  });

  it('read it from the listed origins, with the session if there is one', async () => {
    allowing(`https://other.example, ${PORTAL}`);
    const { status, headers } = await ask('/api/stats/', from(PORTAL));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PORTAL,
      'access-control-allow-credentials': 'true',
    });
    expect(headers['access-control-expose-headers']).toContain('X-Total-Count');
    expect(String(headers.vary).split(', ')).toContain('Origin');
  });

  it.each([
    `${PORTAL}.evil.example`,
    'https://evil.example',
    'http://portal.example',
    `${PORTAL}:8443`,
    `${PORTAL}/`,
    'https://PORTAL.example',
    'null',
    '*',
    '',
  ])('can’t read it from %s, which is none of them', async (origin) => {
    allowing(PORTAL);
    const answer = await ask('/api/stats/', from(origin));
    expect(told(answer)).toEqual([]);
    expect(String(answer.headers.vary).split(', ')).toContain('Origin');
    expect(told(await preflight('/api/stats/', origin))).toEqual([]);
  });

  it('get no early answer with what another origin was told', async () => {
    allowing(PORTAL);
    for (let time = 0; time < 3; time++) {
      expect((await ask('/api/stats/', from(PORTAL))).headers['access-control-allow-origin']).toBe(PORTAL);
      expect(told(await ask('/api/stats/', from('https://evil.example')))).toEqual([]);
      expect(told(await ask('/api/stats/'))).toEqual([]);
    }
  });

  it('learn from a preflight what they may send, for reading only', async () => {
    allowing(PORTAL);
    const { status, headers } = await preflight('/api/v1/hosts/', PORTAL);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PORTAL,
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'Authorization, X-Auth-Token, If-None-Match',
      'access-control-max-age': '600',
    });
    for (const path of ['/api/v1/acting/sign-in/', '/api/sign-in/', '/api/v1/new-audit/create/'])
      expect(told(await preflight(path, PORTAL, 'POST')), path).toEqual([]);
    expect(told(await ask('/api/sign-out/', from(PORTAL), 'POST'))).toEqual([]);
  });

  it('can read what went wrong, too', async () => {
    allowing(PORTAL);
    const { status, headers } = await ask('/api/v1/nothing/', from(PORTAL));
    expect([status, headers['access-control-allow-origin']]).toEqual([404, PORTAL]);
  });

  it('never come with cookies where any site may read', async () => {
    allowing('*', { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' });
    const refused = await ask('/api/v1/overview/', from('https://any.example'));
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, '*']);
    expect(refused.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('can’t read pages', async () => {
    allowing(PORTAL);
    expect(told(await ask('/apiary/', from(PORTAL)))).toEqual([]);
    expect(told(await ask('/', from(PORTAL)))).toEqual([]);
  });
});

describe('CORS_ORIGINS', () => {
  it('takes exact origins', () => {
    expect(parseEnv({ CORS_ORIGINS: `${PORTAL}, http://localhost:8080` }).CORS_ORIGINS).toEqual([
      PORTAL,
      'http://localhost:8080',
    ]);
  });

  it.each(['portal.example', `${PORTAL}/`, `${PORTAL}/path`, 'https://*.example', 'null', 'ftp://portal.example'])(
    'refuses %s',
    (value) => {
      expect(() => parseEnv({ CORS_ORIGINS: value })).toThrow('CORS_ORIGINS must list origins');
    },
  );

  it('is not * where nobody signs in', () => {
    expect(() => parseEnv({ CORS_ORIGINS: '*' })).toThrow('CORS_ORIGINS=* needs AUTH');
  });
});
