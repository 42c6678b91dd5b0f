import { describe, expect, it } from 'vitest';
import { bearerOf, openApiTokens } from '@/lib/auth/api-tokens';
import { clientAddress, isNetwork, openNetworks } from '@/lib/auth/networks';
import { isSameOrigin, localPath } from '@/lib/auth/same-origin';
import { openSessionCookies } from '@/lib/auth/session-cookie';
import { openThrottle } from '@/lib/auth/throttle';

const MINUTE = 60_000;
const SECRET = 'a secret of at least 32 characters';

describe('a session', () => {
  it('is what the cookie says until it expires', async () => {
    let now = 1_000_000_000_000;
    const sessions = openSessionCookies(SECRET, () => now);
    const cookie = await sessions.seal('ada', now + MINUTE);
    expect(cookie).not.toContain(Buffer.from('ada').toString('base64url'));
    expect(await sessions.open(cookie)).toMatchObject({ name: 'ada', expiresAt: now + MINUTE });
    now += MINUTE;
    expect(await sessions.open(cookie)).toBeNull();
    expect(await openSessionCookies(SECRET, () => now).open(cookie)).toBeNull();
  });

  it('is none once signed out, changed, or sealed by another secret', async () => {
    const now = 1_000_000_000_000;
    const sessions = openSessionCookies(SECRET, () => now);
    const cookie = await sessions.seal('ada', now + MINUTE);
    const session = await sessions.open(cookie);
    if (session) await sessions.end(session);
    expect(await sessions.open(cookie)).toBeNull();
    const other = await sessions.seal('ada', now + MINUTE);
    const [head, , iv, text, tag] = other.split('.');
    expect(await sessions.open([head, '', iv, `${text?.slice(0, -2)}AA`, tag].join('.'))).toBeNull();
    expect(await openSessionCookies(`${SECRET}!`, () => now).open(other)).toBeNull();
    for (const text of ['', 'x', 'a.b.c', 'a.b.c.d.e']) expect(await sessions.open(text)).toBeNull();
  });
});

describe('a session of several replicas', () => {
  const openReplicas = () => {
    const told = new Map<string, number>();
    const state = { now: 1_000_000_000_000, looks: 0, away: false };
    const shared = {
      announce: async (id: string, keepMs: number) => void told.set(id, keepMs),
      has: async (id: string) => {
        state.looks++;
        return !state.away && told.has(id);
      },
    };
    const [a, b] = [1, 2].map(() => openSessionCookies(SECRET, () => state.now, shared));
    if (!a || !b) throw new Error('two were opened');
    return { a, b, told, state };
  };

  it('is none for the others within five seconds after it was signed out of at one', async () => {
    const { a, b, told, state } = openReplicas();
    const cookie = await a.seal('ada', state.now + MINUTE);
    const session = await a.open(cookie);
    expect(await b.open(cookie)).toMatchObject({ name: 'ada' });
    if (session) await a.end(session);
    expect(told).toEqual(new Map([[session?.id, MINUTE]]));
    expect(await a.open(cookie)).toBeNull();
    state.now += 5_000;
    expect(await b.open(cookie)).toBeNull();
    // What b has learnt it needs nobody for.
    state.away = true;
    expect(await b.open(cookie)).toBeNull();
  });

  it('asks what others know once in five seconds, and goes on while nobody can say', async () => {
    const { a, b, state } = openReplicas();
    const cookie = await a.seal('ada', state.now + MINUTE);
    for (let n = 0; n < 10; n++) await b.open(cookie);
    expect(state.looks).toBe(1);
    const session = await a.open(cookie);
    if (session) await a.end(session);
    state.away = true;
    state.now += 5_000;
    expect(await b.open(cookie)).toMatchObject({ name: 'ada' });
  });
});

describe('the throttle', () => {
  it('counts attempts that are under way, and lets go after five minutes', () => {
    let now = 0;
    const throttle = openThrottle(() => now);
    const limits = [{ key: 'ada', max: 3 }];
    expect([1, 2, 3, 4].map(() => throttle.attempt(limits))).toEqual([0, 0, 0, 5 * MINUTE]);
    now = 4 * MINUTE;
    expect(throttle.attempt(limits)).toBe(MINUTE);
    now = 5 * MINUTE;
    expect(throttle.attempt(limits)).toBe(0);
  });

  it('does not count what was no failure', () => {
    const throttle = openThrottle(() => 0);
    const limits = [{ key: 'ada', max: 1 }];
    for (let n = 0; n < 5; n++) {
      expect(throttle.attempt(limits)).toBe(0);
      throttle.forgive(limits);
    }
  });
});

describe('networks', () => {
  it('are addresses and prefixes of both families', () => {
    const isIn = openNetworks(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7']);
    expect(['192.0.2.9', '2001:db8::1', '198.51.100.7'].map(isIn)).toEqual([true, true, true]);
    expect(['192.0.3.9', '2001:db9::1', '198.51.100.8', 'localhost', ''].map(isIn)).toEqual(Array(5).fill(false));
    expect(['10.0.0.0/33', '10.0.0.0/8/8', 'ten', '10.0.0/8', '::/129'].map(isNetwork)).toEqual(Array(5).fill(false));
  });

  it('decide whose word on the address of a client counts', () => {
    const isTrusted = openNetworks(['10.0.0.0/8']);
    expect(clientAddress('10.0.0.1', '6.6.6.6, 192.0.2.9, 10.0.0.2', isTrusted)).toBe('192.0.2.9');
    expect(clientAddress('192.0.2.1', '6.6.6.6', isTrusted)).toBe('192.0.2.1');
    expect(clientAddress('10.0.0.1', 'nonsense', isTrusted)).toBe('10.0.0.1');
    expect(clientAddress(null, '6.6.6.6', isTrusted)).toBeNull();
  });
});

describe('a form', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://visio.test', host: 'visio.test' }, false],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://visio.test', host: 'visio.test' }, false],
    [{ origin: 'http://visio.test:3000', host: 'visio.test:3000' }, true],
    [{ origin: 'https://visio.test', host: '10.0.0.1:3000', 'x-forwarded-host': 'visio.test' }, true],
    [{ origin: 'http://evil.test', host: 'visio.test' }, false],
    [{ origin: 'null', host: 'visio.test' }, false],
    [{ host: 'visio.test' }, false],
  ])('with %j comes from our own page: %s', (headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>))).toBe(expected);
  });

  it.each(['/', '/hosts/', '/audits/1?plain=1', '/hosts/cmp%2001/'])('may lead on to %s', (path) => {
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
  ])('leads to the first page for %j', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

describe('a token', () => {
  it('is read as curl and as OpenStack’s tools send it', () => {
    expect(bearerOf(new Headers({ authorization: 'bearer abc' }))).toBe('abc');
    expect(bearerOf(new Headers({ 'x-auth-token': 'def' }))).toBe('def');
    expect(bearerOf(new Headers({ authorization: 'Basic abc' }))).toBeNull();
  });

  it('fits one of those configured, or none', () => {
    const fits = openApiTokens(['first-token-of-all', 'second-token-of-all']);
    expect(['first-token-of-all', 'second-token-of-all', 'second-token-of-al', ''].map(fits)).toEqual([1, 2, 0, 0]);
    expect(openApiTokens([])('')).toBe(0);
  });
});
