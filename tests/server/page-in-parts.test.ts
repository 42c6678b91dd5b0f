import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { Fold } from '@/components/ui/fold';
import { sendPageInParts } from '@/lib/server/page-in-parts';

/** How a page leaves the server, from outside. */

const FOLD = renderToStaticMarkup(createElement(Fold));
const UPPER = `<!DOCTYPE html><html><head><title>Größe</title></head><body><h1>Above</h1>`;
const LOWER = '<p>Below</p></body></html>';
const PAGE = { accept: 'text/html,*/*', 'accept-encoding': 'gzip, deflate' };

type Sent = { type?: string; length?: number; parts: string[]; end?: string };

let server: Server;
let seen: IncomingMessage | null = null;
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function listen({ type = 'text/html; charset=utf-8', length, parts, end }: Sent): Promise<number> {
  server = createServer((request, response) => {
    seen = request;
    sendPageInParts(request, response);
    response.setHeader('Content-Type', type);
    if (length !== undefined) response.setHeader('Content-Length', length);
    for (const part of parts) response.write(Buffer.from(part));
    response.end(end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

type Got = { headers: IncomingMessage['headers']; body: Buffer; arrivals: { at: number; bytes: number }[] };

const get = (port: number, headers: Record<string, string>, { path = '/', method = 'GET' } = {}) =>
  new Promise<Got>((resolve, reject) => {
    ask({ port, host: '127.0.0.1', path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const arrivals: Got['arrivals'] = [];
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        arrivals.push({ at: performance.now(), bytes: chunk.length });
      });
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks), arrivals }));
    })
      .on('error', reject)
      .end();
  });

const gapOf = ({ arrivals }: Got) => (arrivals.at(-1)?.at ?? 0) - (arrivals[0]?.at ?? 0);

describe('a page with a fold', () => {
  it('comes in two parts', async () => {
    const got = await get(await listen({ parts: [UPPER + FOLD + LOWER] }), { accept: 'text/html' });
    expect(got.body.toString()).toBe(UPPER + FOLD + LOWER);
    expect(got.arrivals[0]?.bytes).toBe(Buffer.byteLength(UPPER + FOLD));
    expect(gapOf(got)).toBeGreaterThan(30);
  });

  it('has no more than one pause', async () => {
    const started = performance.now();
    await get(await listen({ parts: [UPPER + FOLD, FOLD, FOLD, FOLD + FOLD + LOWER] }), { accept: 'text/html' });
    expect(performance.now() - started).toBeLessThan(120);
  });

  it('is compressed for whoever accepts it, each part by itself', async () => {
    const got = await get(await listen({ parts: [UPPER + FOLD + LOWER] }), PAGE);
    expect(got.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(got.body).toString()).toMatch(/Größe.*Above.*Below/s);
    expect(gapOf(got)).toBeGreaterThan(30);
    expect(seen?.headers['accept-encoding']).toBeUndefined();
  });

  it('is whole when the fold comes in a later chunk', async () => {
    const got = await get(await listen({ parts: [UPPER, `<p>More</p>${FOLD}`, LOWER] }), { accept: 'text/html' });
    expect(got.body.toString()).toBe(`${UPPER}<p>More</p>${FOLD}${LOWER}`);
    expect(gapOf(got)).toBeGreaterThan(30);
  });

  it('leaves nothing behind when the client goes away in the pause', async () => {
    const port = await listen({ parts: [UPPER + FOLD], end: LOWER });
    await new Promise<void>((resolve) => {
      const asked = ask({ port, host: '127.0.0.1', headers: PAGE }, (response) => {
        response.once('data', () => asked.destroy());
      });
      asked.on('error', () => {}).on('close', resolve);
      asked.end();
    });
    const again = await get(port, PAGE);
    expect(gunzipSync(again.body).toString()).toContain('Below');
  });
});

describe('what is not parted', () => {
  it('has no pause and the same bytes without a fold', async () => {
    const got = await get(await listen({ parts: [UPPER, LOWER] }), { accept: 'text/html' });
    expect(got.body.toString()).toBe(UPPER + LOWER);
  });

  it('keeps no length that compression has changed', async () => {
    const got = await get(await listen({ parts: [], end: UPPER, length: Buffer.byteLength(UPPER) }), PAGE);
    expect(gunzipSync(got.body).toString()).toBe(UPPER);
    expect(got.headers['content-length']).not.toBe(String(Buffer.byteLength(UPPER)));
  });

  it.each([
    ['the data of a page', { accept: '*/*', rsc: '1' }, '/'],
    ['an answer of the API', PAGE, '/api/stats/'],
    ['a file', PAGE, '/_next/static/chunks/one.js'],
    ['a table as CSV', PAGE, '/plans.csv?state=all'],
  ])('leaves %s to Next', async (_, headers, path) => {
    const given = { ...headers, 'accept-encoding': 'gzip' };
    const got = await get(await listen({ parts: [UPPER + FOLD + LOWER] }), given, { path });
    expect(got.body.toString()).toBe(UPPER + FOLD + LOWER);
    expect(seen?.headers['accept-encoding']).toBe('gzip');
  });

  it('passes on what is no HTML, and what accepts no gzip', async () => {
    const other = await get(await listen({ type: 'text/plain', parts: [FOLD], end: LOWER }), PAGE);
    expect(other.body.toString()).toBe(FOLD + LOWER);
    expect(other.headers['content-encoding']).toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
    const plain = await get(await listen({ parts: [FOLD] }), { ...PAGE, 'accept-encoding': 'gzip;q=0, br' });
    expect(plain.body.toString()).toBe(FOLD);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });
});
