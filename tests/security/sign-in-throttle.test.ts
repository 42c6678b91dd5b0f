import { describe, expect, it } from 'vitest';
import { foldName } from '@/lib/auth/fold-name';
import { clientAddress, clientNetworks, openNetworks } from '@/lib/auth/networks';
import { openThrottle } from '@/lib/auth/throttle';
import { signInForm } from '../black-box/support/ask';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** Guessing passwords through this server is slow, from wherever and under whatever name. */

const served = servedCloud(
  { hosts: 1, servers: 1, audits: 0 },
  { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters', TRUSTED_PROXIES: '127.0.0.1' },
);
const { ask } = frontServer(served);

/** How many of these attempts, one after the other, Keystone was asked about. */
async function askedFor(attempts: { user: string; forwarded: string }[]): Promise<number> {
  // The dashboard's own token, which is not counted.
  await ask('/api/sign-in/', signInForm({ user: 'warm-up', password: 'wrong' }, { 'x-forwarded-for': '192.0.2.200' }));
  const before = served.simulation.requests.keystone;
  for (const { user, forwarded } of attempts)
    await ask('/api/sign-in/', signInForm({ user, password: 'wrong' }, { 'x-forwarded-for': forwarded }));
  return served.simulation.requests.keystone - before;
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('sign-in', () => {
  it('counts all addresses of an IPv6 /64 as one client', async () => {
    const attempts = times(70, (n) => ({ user: `user-${n}`, forwarded: `2001:db8:5:6::${(n + 1).toString(16)}` }));
    expect(await askedFor(attempts)).toBe(60);
  });

  it('counts all addresses of an IPv6 /48 together too, with a higher limit', async () => {
    const attempts = times(300, (n) => ({ user: `user-${n}`, forwarded: `2001:db8:5:${n.toString(16)}::1` }));
    expect(await askedFor(attempts)).toBe(240);
    expect(await askedFor([{ user: 'neighbour', forwarded: '2001:db8:6:1::1' }])).toBe(1);
  });

  it.each(['203.0.113.9', '203.0.113.9:51234', '[2001:db8::9]:443', '"203.0.113.9"', 'unknown', '_hidden', ''])(
    'never takes the client’s own word for its address when a proxy adds "%s"',
    async (added) => {
      const attempts = times(12, (n) => ({ user: 'visio', forwarded: `198.51.100.${n + 1}, ${added}` }));
      expect(await askedFor(attempts)).toBe(5);
    },
  );

  it('counts all spellings of a name that a database may take for one', async () => {
    const spellings = [
      'admin',
      'Admin',
      'ádmin',
      'a\u0300dmin',
      'ＡＤＭＩＮ',
      'ad\u00admin',
      'admın',
      'admin\u00a0',
      'àdmin',
    ];
    const attempts = times(36, (n) => ({ user: spellings[n % 9] ?? '', forwarded: `198.51.100.${n + 1}` }));
    expect(await askedFor(attempts)).toBe(30);
  });

  it('answers 429 with Retry-After and the way back once a count is full', async () => {
    const wrong = signInForm({ user: 'visio', password: 'wrong', next: '/hosts/' });
    for (let n = 0; n < 5; n++) expect((await ask('/api/sign-in/', wrong)).status).toBe(303);
    const { status, headers } = await ask('/api/sign-in/', wrong);
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(290);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(300);
    expect(headers.refresh).toBe('0; url=/sign-in/?problem=throttled&next=%2Fhosts%2F&minutes=5');
  });
});

describe('a count', () => {
  it('is not lost in noise', () => {
    const throttle = openThrottle(() => 0);
    const admin = [{ key: 'user admin', max: 30 }];
    let reached = 0;
    for (let round = 0; round < 5; round++) {
      for (let n = 0; n < 40; n++) if (throttle.attempt(admin) === 0) reached++;
      for (let n = 0; n < 12_000; n++) throttle.attempt([{ key: `user noise ${round} ${n}`, max: 30 }]);
    }
    expect(reached).toBe(30);
  });

  it('is not lost while noise comes between the attempts', () => {
    const throttle = openThrottle(() => 0);
    const admin = [{ key: 'user admin', max: 5 }];
    throttle.attempt(admin);
    throttle.attempt(admin);
    let noise = 0;
    for (let n = 0; n < 3; n++) {
      for (let m = 0; m < 11_000; m++) throttle.attempt([{ key: `noise ${noise++}`, max: 60 }]);
      expect(throttle.attempt(admin)).toBe(0);
    }
    expect(throttle.attempt(admin)).toBeGreaterThan(0);
  });
});

describe('a client', () => {
  const isTrusted = openNetworks(['10.0.0.0/8']);

  it.each([
    ['1.2.3.4, 203.0.113.9:51234', '203.0.113.9'],
    ['1.2.3.4, [2001:db8::9]:443', '2001:db8::9'],
    ['1.2.3.4, 203.0.113.9, 10.0.0.2:8080', '203.0.113.9'],
    ['1.2.3.4, ::ffff:203.0.113.9', '203.0.113.9'],
    ['1.2.3.4, unknown', '10.0.0.1'],
    ['1.2.3.4, 203.0.113.9.', '10.0.0.1'],
    ['1.2.3.4, ', '10.0.0.1'],
    ['10.0.0.3', '10.0.0.1'],
    [`1.2.3.4, ${'9'.repeat(5_000)}`, '10.0.0.1'],
  ])('has the right-most address that is not trusted, or that of the peer: %s', (forwarded, expected) => {
    expect(clientAddress('10.0.0.1', forwarded, isTrusted)).toBe(expected);
  });

  it('is the networks that it may have at its disposal', () => {
    expect(
      [
        '2001:db8:5:6:7:8:9:a',
        '2001:DB8:5:6::1',
        '2001:0db8:0005:0006::',
        'fe80::1%eth0',
        '::1',
        '::ffff:192.0.2.7',
      ].map(clientNetworks),
    ).toEqual([
      ['2001:db8:5:6::/64', '2001:db8:5::/48'],
      ['2001:db8:5:6::/64', '2001:db8:5::/48'],
      ['2001:db8:5:6::/64', '2001:db8:5::/48'],
      ['fe80:0:0:0::/64', 'fe80:0:0::/48'],
      ['0:0:0:0::/64', '0:0:0::/48'],
      ['192.0.2.7'],
    ]);
  });

  it('has one name, however it is written', () => {
    expect(new Set(['Łukasz  Ørsted', 'lukasz orsted', ' LUKASZ\u200b ORSTED '].map(foldName)).size).toBe(1);
    expect(foldName('ada')).not.toBe(foldName('adb'));
  });
});
