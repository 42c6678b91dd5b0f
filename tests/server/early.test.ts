import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { http, passthrough } from 'msw';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';
import { requestHook } from '@/lib/server/request-hook';
import { servedCloud } from '../routes/served-cloud';

/** The request hook in front of the route handlers, which are called as Next calls them, and counted. */

const served = servedCloud({ hosts: 24, servers: 100 });
const ROUTES: Record<string, EndpointName> = {
  '/api/stats/': 'stats',
  '/api/audits/': 'audits',
  '/api/v1/overview/': 'overview',
  '/api/v1/hosts/?limit=3': 'hosts',
  '/api/source-status/': 'sourceStatus',
};
let routed = 0;

async function next(request: IncomingMessage, response: ServerResponse): Promise<void> {
  routed++;
  const { url = '' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const answer = await ANSWERS[ROUTES[url] ?? 'stats'](new Request(`http://visio.test${url}`, { headers }), {
    params: Promise.resolve({}),
  });
  // As next.config.mjs and Next itself do.
  response.setHeader('X-Frame-Options', 'DENY');
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('vary', `rsc, ${answer.headers.get('vary')}`);
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
}

const server = createServer((request, response) => requestHook(request, response, () => void next(request, response)));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
// Requests to this test's own server are not intercepted.
beforeEach(() => served.server.use(http.all(/^http:\/\/127\.0\.0\.1:/, () => passthrough())));
afterAll(() => new Promise((resolve) => server.close(resolve)));

type Got = { status: number; headers: Record<string, unknown>; body: Buffer };

function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    ask({ port, host: '127.0.0.1', path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** Headers of the transport, and those that differ with every request. */
const FRAMING = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'x-request-id', 'age'];
const withoutFraming = ({ headers }: Got) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !FRAMING.includes(name)));

/** The same request twice: once to the route, then to the hook. */
async function twice(path: string, headers: Record<string, string> = {}) {
  const route = await get(path, headers);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = routed;
  const early = await get(path, headers);
  return { route, early, routed: routed - before };
}

describe('an early answer', () => {
  it.each(Object.keys(ROUTES).filter((path) => path !== '/api/source-status/'))(
    'to %s repeats the route’s bytes and headers without calling the route',
    async (path) => {
      const { route, early, routed: passed } = await twice(path);
      expect(passed).toBe(0);
      expect(early.status).toBe(200);
      expect(early.body.equals(route.body)).toBe(true);
      expect(withoutFraming(early)).toEqual(withoutFraming(route));
      expect(early.headers['x-frame-options']).toBe('DENY');
      expect(Number(early.headers.age) - Number(route.headers.age)).toBeLessThanOrEqual(1);
      expect(early.headers['x-request-id']).not.toBe(route.headers['x-request-id']);
    },
  );

  it('is 304 if the route’s answer would be', async () => {
    const { route } = await twice('/api/stats/');
    const tag = `W/"other", ${route.headers.etag}`;
    const early = await get('/api/stats/', { 'if-none-match': tag });
    const { 'content-type': _, ...others } = withoutFraming(route);
    expect([early.status, early.body.length]).toEqual([304, 0]);
    expect(withoutFraming(early)).toEqual(others);
  });

  it('is compressed for clients that accept gzip, with the same content', async () => {
    const { route } = await twice('/api/audits/');
    const early = await get('/api/audits/', { 'accept-encoding': 'br;q=1, gzip;q=0.5' });
    expect(early.headers['content-encoding']).toBe('gzip');
    expect(early.body.length).toBeLessThan(route.body.length / 3);
    expect(gunzipSync(early.body).equals(route.body)).toBe(true);
    expect((await get('/api/audits/', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
  });

  it('does not exist for answers that cannot be kept, or for another query', async () => {
    expect((await twice('/api/source-status/')).routed).toBe(1);
    await twice('/api/v1/hosts/?limit=3');
    const before = routed;
    await get('/api/v1/hosts/?limit=4');
    expect(routed - before).toBe(1);
  });

  it('no longer exists once a reading is late', async () => {
    served.configure({ DASHBOARD_CACHE_TTL: '1' });
    const { route } = await twice('/api/stats/');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const before = routed;
    const later = await get('/api/stats/');
    expect(routed - before).toBe(1);
    expect(Number(later.headers.age)).toBeLessThanOrEqual(Number(route.headers.age) + 1);
  });

  it('is not sent to visitors without access', async () => {
    served.configure({ AUTH: 'keystone', API_TOKENS: '0123456789abcdef0123456789abcdef' });
    const headers = { authorization: 'Bearer 0123456789abcdef0123456789abcdef' };
    const { early, routed: passed } = await twice('/api/stats/', headers);
    expect([early.status, passed]).toEqual([200, 0]);
    const before = routed;
    const refused = await get('/api/stats/');
    expect([refused.status, routed - before]).toEqual([401, 1]);
    expect(refused.body.toString()).not.toContain('hosts_total');
  });
});
