import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { OTHER_ENDPOINTS } from '@/lib/contract/other-endpoints';
import { PROBLEM_NAMES, problemType } from '@/lib/contract/problem';
import { servedCloud } from '../routes/served-cloud';
import { hookedServer } from './hooked-server';

/** What the method and the address of a request decide, before any route sees it. */

const { ask, routed, lastRouted } = hookedServer(servedCloud({ hosts: 3, servers: 10, audits: 2 }));

const BROKEN = ['%ZZ', '%FF', '%', '%%', '%C3%28', '%2', '%E2%82', 'a%GGb'];
const METHODS = ['TRACE', 'PROPFIND', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE', 'PURGE', 'M-SEARCH', 'LINK'];
const API = [...Object.values(ENDPOINTS), ...OTHER_ENDPOINTS];
const fill = (path: string) => path.replace(/\{\w+\}/g, 'x');

/** What every problem document has. */
async function problemOf(path: string, method = 'GET') {
  const before = routed();
  const { status, headers, body } = await ask(path, { 'x-request-id': 'id-1' }, method);
  expect(headers['content-type'], `${method} ${path}`).toBe('application/problem+json');
  expect(headers['content-length']).toBe(String(body.length));
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['x-request-id']).toBe('id-1');
  const problem = JSON.parse(body.toString());
  expect(problem).toMatchObject({ status, request_id: 'id-1', detail: expect.stringMatching(/\.$/) });
  expect(PROBLEM_NAMES.map(problemType)).toContain(problem.type);
  return { status, headers, problem, routed: routed() - before };
}

describe('a malformed address', () => {
  it.each(BROKEN)('with %s below /api is 400 with a problem document', async (broken) => {
    for (const path of [
      `/api/v1/hosts/${broken}/`,
      `/api/v1/audits/${broken}/plans/`,
      `/api/${broken}`,
      `/API/${broken}`,
    ]) {
      const { status, problem, routed: passed } = await problemOf(path);
      expect([status, problem.type, passed], path).toEqual([400, problemType('malformed-address'), 0]);
    }
  });

  it.each(BROKEN)('with %s is no page', async (broken) => {
    for (const path of [`/hosts/${broken}`, `/audits/${broken}/plans/`, `/${broken}`, `/_next/static/${broken}`]) {
      await ask(path);
      expect(lastRouted(), path).toBe('/not-found/');
    }
  });

  it('is recognised in a query with rules, and ignored by the promised endpoints', async () => {
    expect((await problemOf('/api/v1/hosts/?q=%ZZ')).problem.type).toBe(problemType('malformed-address'));
    expect((await ask('/api/stats/?q=%ZZ')).status).toBe(200);
  });

  it('does not include names with every kind of character', async () => {
    for (const name of ['%C3%A4', '%25', '%2F', '%00', 'a+b', '%F0%9F%98%80']) {
      await ask(`/api/v1/hosts/${name}/`);
      expect(lastRouted()).toBe(`/api/v1/hosts/${name}/`);
    }
  });
});

describe('a method that an address does not have', () => {
  it.each(METHODS)('is 405 with Allow for every endpoint: %s', async (method) => {
    for (const { path } of API.filter((endpoint) => !('method' in endpoint) || endpoint.method !== method)) {
      for (const address of [fill(path), fill(path).replace(/\/$/, '')]) {
        const { status, headers, problem, routed: passed } = await problemOf(address, method);
        expect([status, problem.type, passed], address).toEqual([405, problemType('method-not-allowed'), 0]);
        expect(headers.allow).toBe(/sign-(in|out)/.test(path) ? 'POST, OPTIONS' : 'GET, HEAD, OPTIONS');
      }
    }
  });

  it.each(METHODS)('is 405 with Allow for every page: %s', async (method) => {
    for (const path of ['/', '/hosts/', '/hosts.csv', '/nothing/', '/icon.svg']) {
      const { status, headers } = await ask(path, {}, method);
      expect([status, headers.allow], path).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });

  it('is listed for OPTIONS', async () => {
    for (const [path, allow] of [
      ['/api/stats/', 'GET, HEAD, OPTIONS'],
      ['/api/sign-in/', 'POST, OPTIONS'],
      ['/', 'GET, HEAD, OPTIONS'],
      ['*', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const { status, headers, body } = await ask(path, {}, 'OPTIONS');
      expect([status, headers.allow, body.length], path).toEqual([204, allow, 0]);
    }
  });
});

describe('an address below /api that no endpoint has', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'POST', 'TRACE', 'PROPFIND'])('is 404 whatever the method: %s', async (method) => {
    for (const path of ['/api/nope/', '/api/v1/', '/api/v2/hosts/', '/API/stats/', '/Api', '/api/stats/more/']) {
      if (method === 'HEAD') {
        expect((await ask(path, {}, method)).status, path).toBe(404);
        continue;
      }
      const { status, problem } = await problemOf(path, method);
      expect([status, problem.type], path).toEqual([404, problemType('unknown-endpoint')]);
    }
  });

  it('still redirects if it has moved', async () => {
    const { status, headers } = await ask('/api/v1/hosts/cmp-1/guests/');
    expect([status, headers.location]).toEqual([308, '/api/v1/hosts/cmp-1/servers/']);
  });

  it('is not one that only begins alike', async () => {
    await ask('/apiary/');
    expect(lastRouted()).toBe('/apiary/');
  });
});

describe('HEAD', () => {
  it.each(['/api/stats/', '/api/audits/', '/api/source-status/', '/api/openapi.json', '/api/'])(
    'has the headers of GET without its body, from the route and early: %s',
    async (path) => {
      for (const accepted of ['identity', 'gzip', 'br']) {
        for (const _ of ['from the route', 'early']) {
          const got = await ask(path, { 'accept-encoding': accepted });
          const head = await ask(path, { 'accept-encoding': accepted }, 'HEAD');
          const plain = ({ date, age, 'x-request-id': id, ...others }: typeof got.headers) => others;
          expect(plain(head.headers)).toEqual(plain(got.headers));
          expect([head.body.length, head.headers['content-length']]).toEqual([0, String(got.body.length)]);
        }
      }
    },
  );
});

describe('an answer', () => {
  it('varies only by what it depends on', async () => {
    expect((await ask('/api/stats/')).headers.vary).toBe('Accept-Encoding');
    expect((await ask('/api/stats/')).headers.vary).toBe('Accept-Encoding');
  });

  it('is 406 for clients that accept no coding of it', async () => {
    for (const accepted of ['identity;q=0', '*;q=0', 'deflate, identity;q=0']) {
      const { status, body } = await ask('/api/stats/', { 'accept-encoding': accepted });
      expect([status, JSON.parse(body.toString()).type]).toEqual([406, problemType('not-acceptable')]);
    }
  });
});
