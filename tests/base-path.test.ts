import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** What a build for /visio does; tests/black-box/base-path.test.ts tries one. */

const headers = { host: 'visio.example' };

beforeEach(() => {
  vi.stubEnv('BUILT_BASE_PATH', '/visio');
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe('a base path', () => {
  it('begins with a slash, does not end with one, and needs no escape anywhere', () => {
    const good = ['', '/visio', '/tools/watcher-visio', '/v1.2~x_y'];
    const bad = ['/', 'visio', '/visio/', '//visio', '/a b', '/..', '/a/../b', '/(x)', '/:x', '/a?b'];
    const check = `
      import { checkBasePath } from './lib/server/base-path.mjs';
      const isGood = (path) => { try { return checkBasePath(path) === path; } catch { return false; } };
      console.log(JSON.stringify(${JSON.stringify([...good, ...bad])}.filter(isGood)));`;
    const found = execFileSync(process.execPath, ['--input-type=module', '-e', check], { encoding: 'utf8' });
    expect(JSON.parse(found)).toEqual(good);
  });

  it('is in front of addresses and taken from them again', async () => {
    const { withBase, withoutBase, ownPath } = await import('@/lib/base-path');
    expect(withBase('/hosts/?show=hot')).toBe('/visio/hosts/?show=hot');
    expect(withoutBase('/visio/hosts/')).toBe('/hosts/');
    expect(withoutBase('/visio')).toBe('/');
    expect(withoutBase('/visio?plain=1')).toBe('/?plain=1');
    expect(withoutBase('/visionary/')).toBeNull();
    expect(withoutBase('/hosts/')).toBeNull();
    expect(ownPath('/visio/hosts/')).toBe('/hosts/');
    expect(ownPath('/hosts/')).toBe('/hosts/');
  });

  it('is the path of cookies, which then can’t have the name that is for a whole host', async () => {
    const { readCookies, writeCookie } = await import('@/lib/auth/cookies');
    const cookie = writeCookie('session', { value: 'abc', expiresAt: 0, secure: true });
    expect(cookie).toMatch(/^__Secure-watcher-visio-session=abc; Path=\/visio; HttpOnly; SameSite=Strict; .*; Secure$/);
    const sent = new Headers({ cookie: '__Host-watcher-visio-session=other; __Secure-watcher-visio-session=abc' });
    expect(readCookies('session', sent, true)).toEqual(['abc']);
  });

  it('is where requests are answered; elsewhere nothing is, and people who try the host alone are led there', async () => {
    const { checkRequest } = await import('@/lib/dashboard/http/check-request');
    const check = (url: string) => checkRequest({ method: 'GET', url, headers: { host: 'localhost' } }, 'id');
    expect(check('/visio/hosts/')).toEqual({ address: '/hosts/' });
    expect(check('/')).toMatchObject({ answer: { status: 307, headers: { location: '/visio/' } } });
    expect(check('/hosts/')).toMatchObject({ answer: { status: 404 } });
    expect(check('/api/health/live/')).toMatchObject({ answer: { status: 404 } });
    expect(check('http://elsewhere.example/visio/')).toMatchObject({ answer: { status: 400 } });
  });

  it('is in redirects to the sign-in, but not in what they lead back to', async () => {
    vi.stubEnv('AUTH', 'keystone');
    const { askToSignIn } = await import('@/lib/dashboard/http/refuse-page');
    const { forgetEnv } = await import('@/lib/env');
    forgetEnv();
    const answer = askToSignIn(new URL('http://visio.example/visio/hosts/?show=hot'));
    expect(answer.headers.get('location')).toBe('http://visio.example/visio/sign-in/?next=%2Fhosts%2F%3Fshow%3Dhot');
    forgetEnv();
  });

  it('is in the addresses that the API names', async () => {
    const { refuse, RequestError } = await import('@/lib/dashboard/http/problems');
    const problem = await refuse(new RequestError('not-found', 'No such host.')).json();
    expect(problem.type).toBe('/visio/api/problems/not-found/');
    const { describeApi } = await import('@/lib/contract/openapi');
    expect(describeApi('1', '/visio').servers).toEqual([{ url: '/visio', description: 'This server.' }]);
    const { serveIndex } = await import('@/lib/dashboard/http/documents');
    const index = await (await serveIndex(new Request('http://localhost/visio/api/', { headers }), '1')).json();
    expect(index.openapi).toBe('/visio/api/openapi.json');
    expect(index.endpoints.every(({ path }: { path: string }) => path.startsWith('/visio/api/'))).toBe(true);
  });
});
