import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { servedCloud } from '../routes/served-cloud';
import { type Got, hookedServer } from './hooked-server';

/** Answers that the request hook repeats without calling the route. */

const served = servedCloud({ hosts: 24, servers: 100 });
const { ask: get, routed: routedSoFar } = hookedServer(served);
const KEPT = ['/api/stats/', '/api/audits/', '/api/v1/overview/', '/api/v1/hosts/?limit=3'];

/** Headers of the transport, and those that differ with every request. */
const FRAMING = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'x-request-id', 'age'];
const withoutFraming = ({ headers }: Got) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !FRAMING.includes(name)));

/** The same request twice: once to the route, then to the hook. */
async function twice(path: string, headers: Record<string, string> = {}) {
  const route = await get(path, headers);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = routedSoFar();
  const early = await get(path, headers);
  return { route, early, routed: routedSoFar() - before };
}

describe('an early answer', () => {
  it.each(KEPT)('to %s repeats the route’s bytes and headers without calling the route', async (path) => {
    const { route, early, routed: passed } = await twice(path);
    expect(passed).toBe(0);
    expect(early.status).toBe(200);
    expect(early.body.equals(route.body)).toBe(true);
    expect(withoutFraming(early)).toEqual(withoutFraming(route));
    expect(early.headers['x-frame-options']).toBe('DENY');
    expect(Number(early.headers.age) - Number(route.headers.age)).toBeLessThanOrEqual(1);
    expect(early.headers['x-request-id']).not.toBe(route.headers['x-request-id']);
  });

  it('is none for a client that asks for CSV', async () => {
    const { early, routed: passed } = await twice('/api/v1/hosts/?show=hot', { accept: 'Text/CSV' });
    await twice('/api/v1/hosts/?show=hot');
    const again = await get('/api/v1/hosts/?show=hot', { accept: 'text/csv' });
    expect(passed).toBe(1);
    for (const { headers } of [early, again]) expect(headers['content-type']).toContain('text/csv');
  });

  it('is 304 if the route’s answer would be', async () => {
    const { route } = await twice('/api/stats/');
    const tag = `W/"other", ${route.headers.etag}`;
    const early = await get('/api/stats/', { 'if-none-match': tag });
    const { 'content-type': _, 'content-length': __, ...others } = withoutFraming(route);
    expect([early.status, early.body.length]).toEqual([304, 0]);
    expect(withoutFraming(early)).toEqual(others);
  });

  it.each([
    ['gzip', 'br;q=0.5, gzip', gunzipSync],
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
  ])('is compressed with %s for clients that prefer it, under its own ETag', async (coding, accepted, unpack) => {
    const { route: plain } = await twice('/api/audits/');
    const { route, early, routed } = await twice('/api/audits/', { 'accept-encoding': accepted });
    expect(routed).toBe(0);
    expect(withoutFraming(early)).toEqual(withoutFraming(route));
    expect(early.headers).toMatchObject({ 'content-encoding': coding, 'content-length': String(early.body.length) });
    expect(early.body.length).toBeLessThan(plain.body.length / 3);
    expect(unpack(early.body).equals(plain.body)).toBe(true);
    expect(early.headers.etag).not.toBe(plain.headers.etag);
    for (const etag of [early.headers.etag, plain.headers.etag]) {
      const again = await get('/api/audits/', { 'accept-encoding': accepted, 'if-none-match': String(etag) });
      expect([again.status, again.headers.etag]).toEqual([304, early.headers.etag]);
    }
  });

  it('is plain for clients that refuse compression', async () => {
    await twice('/api/audits/');
    expect((await get('/api/audits/', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
  });

  it('does not exist for answers that cannot be kept, or for another query', async () => {
    expect((await twice('/api/source-status/')).routed).toBe(1);
    await twice('/api/v1/hosts/?limit=3');
    const before = routedSoFar();
    await get('/api/v1/hosts/?limit=4');
    expect(routedSoFar() - before).toBe(1);
  });

  it('no longer exists once a reading is late', async () => {
    served.configure({ DASHBOARD_CACHE_TTL: '1' });
    const { route } = await twice('/api/stats/');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const before = routedSoFar();
    const later = await get('/api/stats/');
    expect(routedSoFar() - before).toBe(1);
    expect(Number(later.headers.age)).toBeLessThanOrEqual(Number(route.headers.age) + 1);
  });

  it('is not sent to visitors without access', async () => {
    served.configure({ AUTH: 'keystone', API_TOKENS: '6f1ed002ab5595859014ebf0951522d9' });
    const headers = { authorization: 'Bearer 6f1ed002ab5595859014ebf0951522d9' };
    const { early, routed: passed } = await twice('/api/stats/', headers);
    expect([early.status, passed]).toEqual([200, 0]);
    const before = routedSoFar();
    const refused = await get('/api/stats/');
    expect([refused.status, routedSoFar() - before]).toEqual([401, 1]);
    expect(refused.body.toString()).not.toContain('hosts_total');
  });
});
