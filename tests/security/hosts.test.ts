import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** Where nobody has to sign in, a page of another site can't read the cloud by pointing its name here. */

const served = servedCloud({ hosts: 3, servers: 6, audits: 2 });
const { ask, passed } = frontServer(served);
const statusFor = async (headers: Record<string, string>, path = '/api/stats/') =>
  (await ask(path, { headers })).status;

const FOREIGN = [
  'evil.example',
  'evil.example:3000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '127.0.0.1@evil.example',
  '[evil.example]',
  '2130706433.evil.example',
  ' ',
];

describe('with AUTH=none', () => {
  it.each([
    'localhost',
    'LocalHost:3000',
    'localhost.',
    '127.0.0.1:3000',
    '192.0.2.7',
    '[::1]:3000',
    '[::1]',
    hostname(),
  ])('a request to %s is answered', async (host) => {
    expect(await statusFor({ host })).toBe(200);
  });

  it.each(FOREIGN)('a request to "%s" is 421, also when an early answer is at hand', async (host) => {
    for (let n = 0; n < 2; n++) await ask('/api/stats/');
    const before = passed.length;
    for (const path of ['/api/stats/', '/', '/hosts/', '/icon.svg', '/nothing/'])
      expect(await statusFor({ host }, path), path).toBe(421);
    expect(passed.length).toBe(before);
  });

  it('the name that a proxy was asked under counts too', async () => {
    expect(await statusFor({ 'x-forwarded-host': 'evil.example' })).toBe(421);
    expect(await statusFor({ 'x-forwarded-host': 'localhost, evil.example' })).toBe(421);
    expect(await statusFor({ 'x-forwarded-host': 'localhost' })).toBe(200);
  });

  it('ALLOWED_HOSTS and HOSTNAME add names, and health checks need none', async () => {
    served.configure({ ALLOWED_HOSTS: 'visio.example, Other.Example', HOSTNAME: 'listens.example' });
    for (const host of ['visio.example', 'VISIO.example:8080', 'other.example', 'listens.example'])
      expect(await statusFor({ host }), host).toBe(200);
    expect(await statusFor({ host: 'evil.example' })).toBe(421);
    expect(await statusFor({ host: 'evil.example' }, '/api/health/live/')).toBe(200);
  });

  it('ALLOWED_HOSTS=* allows any name', async () => {
    served.configure({ ALLOWED_HOSTS: '*' });
    expect(await statusFor({ host: 'evil.example' })).toBe(200);
  });
});

describe('with AUTH=keystone', () => {
  it('the cookie belongs to one name, so any is answered', async () => {
    served.configure({ AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' });
    expect(await statusFor({ host: 'visio.example' })).toBe(401);
  });
});
