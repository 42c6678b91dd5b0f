import { describe, expect, it } from 'vitest';
import { bearerOf, openApiTokens } from '@/lib/auth/api-tokens';
import { clientAddress, isNetwork, openNetworks } from '@/lib/auth/networks';
import { isSameOrigin, localPath } from '@/lib/auth/same-origin';
import { openSessionCookies } from '@/lib/auth/session-cookie';
import { openThrottle } from '@/lib/auth/throttle';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';

const SECRET = 'a secret of at least 32 characters';
const longestMs = 8 * HOUR_MS;

describe('a session', () => {
  it('is restored from its cookie until it expires', async () => {
    let now = 1_000_000_000_000;
    const sessions = openSessionCookies(SECRET, () => now, { longestMs });
    const cookie = await sessions.seal({ name: 'ada', userId: 'u1' }, now + MINUTE_MS);
    expect(cookie).not.toContain(Buffer.from('ada').toString('base64url'));
    expect(await sessions.open(cookie)).toMatchObject({ name: 'ada', expiresAt: now + MINUTE_MS });
    now += MINUTE_MS;
    expect(await sessions.open(cookie)).toBeNull();
    expect(await openSessionCookies(SECRET, () => now, { longestMs }).open(cookie)).toBeNull();
  });

  it('is invalid once signed out, altered, or sealed with another secret', async () => {
    const now = 1_000_000_000_000;
    const sessions = openSessionCookies(SECRET, () => now, { longestMs });
    const cookie = await sessions.seal({ name: 'ada', userId: 'u1' }, now + MINUTE_MS);
    const session = await sessions.open(cookie);
    if (session) await sessions.end(session);
    expect(await sessions.open(cookie)).toBeNull();
    const other = await sessions.seal({ name: 'ada', userId: 'u1' }, now + MINUTE_MS);
    const [head, , iv, text, tag] = other.split('.');
    const altered = `${text?.startsWith('A') ? 'B' : 'A'}${text?.slice(1)}`;
    expect(await sessions.open([head, '', iv, altered, tag].join('.'))).toBeNull();
    expect(await openSessionCookies(`${SECRET}!`, () => now, { longestMs }).open(other)).toBeNull();
    for (const text of ['', 'x', 'a.b.c', 'a.b.c.d.e']) expect(await sessions.open(text)).toBeNull();
  });
});

describe('a session whose sign-out others know', () => {
  const openReplicas = () => {
    const announced = new Map<string, number>();
    const state = { now: 1_000_000_000_000, looks: 0, away: false };
    const kept = {
      announce: async (id: string, expiresAt: number) => void announced.set(id, expiresAt),
      has: async (id: string) => {
        state.looks++;
        return state.away ? null : announced.has(id);
      },
    };
    const start = () => openSessionCookies(SECRET, () => state.now, { longestMs, kept });
    return { a: start(), b: start(), start, announced, state };
  };

  it('is invalid on all replicas within five seconds after a sign-out on one', async () => {
    const { a, b, announced, state } = openReplicas();
    const cookie = await a.seal({ name: 'ada', userId: 'u1' }, state.now + MINUTE_MS);
    const session = await a.open(cookie);
    expect(await b.open(cookie)).toMatchObject({ name: 'ada' });
    if (session) await a.end(session);
    expect(announced).toEqual(new Map([[session?.id, state.now + MINUTE_MS]]));
    expect(await a.open(cookie)).toBeNull();
    state.now += 5_000;
    expect(await b.open(cookie)).toBeNull();
    // Replica b has learnt of the sign-out and no longer needs the store.
    state.away = true;
    expect(await b.open(cookie)).toBeNull();
  });

  it('asks the shared store once in five seconds, and stays valid while the store does not answer', async () => {
    const { a, b, state } = openReplicas();
    const cookie = await a.seal({ name: 'ada', userId: 'u1' }, state.now + MINUTE_MS);
    for (let n = 0; n < 10; n++) await b.open(cookie);
    expect(state.looks).toBe(1);
    const session = await a.open(cookie);
    if (session) await a.end(session);
    state.away = true;
    state.now += 5_000;
    expect(await b.open(cookie)).toMatchObject({ name: 'ada' });
  });

  it('stays signed out after a restart', async () => {
    const { a, start, state } = openReplicas();
    const cookie = await a.seal({ name: 'ada', userId: 'u1' }, state.now + MINUTE_MS);
    const session = await a.open(cookie);
    if (session) await a.end(session);
    state.now += 1_000;
    expect(await start().open(cookie)).toBeNull();
  });

  it('of before a restart is refused while nobody can tell whether it was signed out', async () => {
    const { a, start, state } = openReplicas();
    const cookie = await a.seal({ name: 'ada', userId: 'u1' }, state.now + MINUTE_MS);
    state.now += 1_000;
    state.away = true;
    const restarted = start();
    expect(await restarted.open(cookie)).toBeNull();
    expect(
      await restarted.open(await restarted.seal({ name: 'ada', userId: 'u1' }, state.now + MINUTE_MS)),
    ).toMatchObject({ name: 'ada' });
    state.away = false;
    expect(await restarted.open(cookie)).toMatchObject({ name: 'ada' });
  });
});

describe('the throttle', () => {
  it('counts attempts before their outcome is known, and forgets them after five minutes', () => {
    let now = 0;
    const throttle = openThrottle(() => now);
    const limits = [{ key: 'ada', max: 3 }];
    expect(throttle.left(limits)).toBe(3);
    expect(throttle.attempt(limits)).toBe(0);
    expect(throttle.left([...limits, { key: 'anyone', max: 9 }])).toBe(2);
    expect([2, 3, 4].map(() => throttle.attempt(limits))).toEqual([0, 0, 5 * MINUTE_MS]);
    expect(throttle.left(limits)).toBe(0);
    now = 4 * MINUTE_MS;
    expect(throttle.attempt(limits)).toBe(MINUTE_MS);
    now = 5 * MINUTE_MS;
    expect(throttle.attempt(limits)).toBe(0);
  });

  it('does not count attempts that were not failures', () => {
    const throttle = openThrottle(() => 0);
    const limits = [{ key: 'ada', max: 1 }];
    for (let n = 0; n < 5; n++) {
      expect(throttle.attempt(limits)).toBe(0);
      throttle.forgive(limits);
    }
  });
});

describe('the memory of the throttle', () => {
  it('keeps the count of a name that is counted again, and drops the one counted longest ago', () => {
    const throttle = openThrottle(() => 0);
    const limitOf = (key: string) => [{ key, max: 2 }];
    throttle.attempt(limitOf('first'));
    throttle.attempt(limitOf('second'));
    throttle.attempt(limitOf('first'));
    for (let n = 0; n < 9_999; n++) throttle.attempt(limitOf(`noise ${n}`));
    expect(throttle.attempt(limitOf('first'))).toBeGreaterThan(0);
    expect([throttle.attempt(limitOf('second')), throttle.attempt(limitOf('second'))]).toEqual([0, 0]);
  });

  it('does not treat a rejected attempt as a count', () => {
    const throttle = openThrottle(() => 0);
    const limitOf = (key: string) => [{ key, max: 1 }];
    throttle.attempt(limitOf('rejected'));
    throttle.attempt(limitOf('counted later'));
    throttle.attempt(limitOf('rejected'));
    for (let n = 0; n < 9_999; n++) throttle.attempt(limitOf(`noise ${n}`));
    expect(throttle.attempt(limitOf('counted later'))).toBeGreaterThan(0);
    expect(throttle.attempt(limitOf('rejected'))).toBe(0);
  });
});

describe('networks', () => {
  it('match addresses and prefixes of IPv4 and IPv6', () => {
    const isIn = openNetworks(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7']);
    expect(['192.0.2.9', '2001:db8::1', '198.51.100.7'].map(isIn)).toEqual([true, true, true]);
    expect(['192.0.3.9', '2001:db9::1', '198.51.100.8', 'localhost', ''].map(isIn)).toEqual(Array(5).fill(false));
    expect(['10.0.0.0/33', '10.0.0.0/8/8', 'ten', '10.0.0/8', '::/129'].map(isNetwork)).toEqual(Array(5).fill(false));
  });

  it('decide which proxies are trusted to name the address of a client', () => {
    const isTrusted = openNetworks(['10.0.0.0/8']);
    expect(clientAddress('10.0.0.1', '6.6.6.6, 192.0.2.9, 10.0.0.2', isTrusted)).toBe('192.0.2.9');
    expect(clientAddress('192.0.2.1', '6.6.6.6', isTrusted)).toBe('192.0.2.1');
    expect(clientAddress('10.0.0.1', 'nonsense', isTrusted)).toBe('10.0.0.1');
    expect(clientAddress(null, '6.6.6.6', isTrusted)).toBeNull();
  });
});

describe('the origin of a form', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://visio.test', host: 'visio.test' }, false],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://visio.test', host: 'visio.test' }, false],
    [{ origin: 'http://visio.test:3000', host: 'visio.test:3000' }, true],
    [{ origin: 'https://visio.test', host: '10.0.0.1:3000', 'x-forwarded-host': 'visio.test' }, true],
    [{ origin: 'http://evil.test', host: 'visio.test' }, false],
    [{ origin: 'null', host: 'visio.test' }, false],
    [{ host: 'visio.test' }, false],
  ])('is our own page for %j: %s', (headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
  });

  it.each(['/', '/hosts/', '/audits/1?plain=1', '/hosts/cmp%2001/'])('may redirect to %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'hosts',
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    '/a\\b',
    '/\tx',
    '/sign-in/',
    '/api/x',
  ])('redirects to the first page instead of %j', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

describe('a token', () => {
  it('is read from the headers that curl and OpenStack’s tools send', () => {
    expect(bearerOf(new Headers({ authorization: 'bearer abc' }))).toBe('abc');
    expect(bearerOf(new Headers({ 'x-auth-token': 'def' }))).toBe('def');
    expect(bearerOf(new Headers({ authorization: 'Basic abc' }))).toBeNull();
  });

  it('is matched against all configured ones', () => {
    const positionOf = openApiTokens(['first-token-of-all', 'second-token-of-all']);
    expect(['first-token-of-all', 'second-token-of-all', 'second-token-of-al', ''].map(positionOf)).toEqual([
      1, 2, 0, 0,
    ]);
    expect(openApiTokens([])('')).toBe(0);
  });
});
