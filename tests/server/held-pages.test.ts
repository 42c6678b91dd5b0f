import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { keyOfPage, openHeldPages } from '@/lib/dashboard/http/held-pages';

/** Pages that many ask for at once: how often they are rendered, and what each visitor gets. */

const NONCES = Array.from({ length: 50 }, (_, at) => `${at}`.padStart(22, 'n').concat('=='));

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

type Page = { status?: number; cookie?: string; policy?: boolean; ms?: number; end?: boolean };

async function serve(page: Page = {}) {
  const clock = { now: 0, changes: 0 };
  const nonces = [...NONCES];
  const newNonce = () => nonces.shift() ?? '';
  const pages = openHeldPages({ now: () => clock.now, changes: () => clock.changes, newNonce });
  let rendered = 0;
  const listening = createServer(async (request, response) => {
    const key = keyOfPage(request);
    const send = await pages.find(key);
    if (send !== null) {
      send(response);
      return;
    }
    pages.keep(key, response);
    const nonce = newNonce();
    rendered++;
    response.statusCode = page.status ?? 200;
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (page.policy ?? true) response.setHeader('Content-Security-Policy', `script-src 'nonce-${nonce}'`);
    if (page.cookie !== undefined) response.setHeader('Set-Cookie', page.cookie);
    response.write(`<p>Größe ${rendered}</p>`);
    if (page.ms !== undefined) await new Promise((resolve) => setTimeout(resolve, page.ms));
    if (page.end === false) response.destroy();
    else response.end(`<script nonce="${nonce}">1</script><script nonce="${nonce}">2</script>`);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  const get = (headers: Record<string, string> = {}, path = '/') =>
    new Promise<{ body: string; policy: string; status: number }>((resolve, reject) => {
      ask({ port, host: '127.0.0.1', path, headers: { accept: 'text/html', ...headers }, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const policy = String(response.headers['content-security-policy']);
          resolve({ body, policy, status: response.statusCode ?? 0 });
        });
      })
        .on('error', reject)
        .end();
    });
  return { clock, get, rendered: () => rendered };
}

/** The nonces in a body, and that of its policy. */
const noncesOf = ({ body, policy }: { body: string; policy: string }) => [
  ...[...body.matchAll(/nonce="([^"]+)"/g)].map(([, nonce]) => nonce),
  /'nonce-([^']+)'/.exec(policy)?.[1],
];

describe('a page that is asked for again', () => {
  it('is rendered once within a second', async () => {
    const { clock, get, rendered } = await serve();
    const first = await get();
    clock.now = 999;
    const again = await get();
    expect(again.body.replace(/nonce="[^"]+"/g, '')).toBe(first.body.replace(/nonce="[^"]+"/g, ''));
    expect(again.body).toContain('Größe 1');
    expect(rendered()).toBe(1);
    clock.now = 1_000;
    expect((await get()).body).toContain('Größe 2');
  });

  it('has a nonce of its own, the same in its policy and wherever the page has one', async () => {
    const { get } = await serve();
    const all = [noncesOf(await get()), noncesOf(await get()), noncesOf(await get())];
    for (const nonces of all) expect(nonces).toHaveLength(3);
    for (const nonces of all) expect(new Set(nonces).size).toBe(1);
    expect(new Set(all.flat()).size).toBe(3);
  });

  it('is rendered once for many who ask at the same moment', async () => {
    const { get, rendered } = await serve({ ms: 30 });
    const first = get();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const all = await Promise.all([first, ...Array.from({ length: 20 }, () => get())]);
    expect(all.map(({ body }) => body.includes('Größe 1'))).not.toContain(false);
    expect(rendered()).toBe(1);
  });

  it('is rendered again once something has changed, also while it was rendered', async () => {
    const { clock, get, rendered } = await serve({ ms: 30 });
    await get();
    clock.changes++;
    const second = get();
    await new Promise((resolve) => setTimeout(resolve, 10));
    clock.changes++;
    await second;
    await get();
    expect(rendered()).toBe(3);
  });
});

describe('a page that is rendered for each request', () => {
  it.each([
    ['another theme', { cookie: 'theme=dark' }],
    ['another person', { authorization: 'Bearer one' }],
    ['another host name', { host: 'visio.test' }],
    ['a proxy that says more', { 'x-forwarded-proto': 'https' }],
  ])('is one for %s', async (_, headers) => {
    const { get, rendered } = await serve();
    await get();
    await get(headers);
    expect(rendered()).toBe(2);
  });

  it('is one of another address', async () => {
    const { get, rendered } = await serve();
    await get({}, '/?zone=a');
    await get({}, '/?zone=b');
    expect(rendered()).toBe(2);
  });

  it.each([
    ['has failed', { status: 500 }],
    ['sets a cookie', { cookie: 'one=1' }],
    ['has no nonce', { policy: false }],
  ])('is one that %s', async (_, page) => {
    const { get, rendered } = await serve(page);
    await get();
    await get();
    expect(rendered()).toBe(2);
  });

  it('is one that broke off', async () => {
    const { get, rendered } = await serve({ end: false, ms: 1 });
    await expect(get()).rejects.toThrow();
    await expect(get()).rejects.toThrow();
    expect(rendered()).toBe(2);
  });
});

it('is shared by requests that differ only in how they want to be answered', async () => {
  const { get, rendered } = await serve();
  await get({ 'accept-encoding': 'gzip', 'x-request-id': 'one' });
  await get({ 'cache-control': 'max-age=0', 'x-request-id': 'two' });
  expect(rendered()).toBe(1);
});
