import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, sendText } from './support/ask';
import { type Product, SECRET, startProduct } from './support/product';
import { signIn } from './support/sessions';

/** Nothing that a stranger sends is an error of the server, and nothing takes it long. */

const MOCK = { USE_MOCK_DATA: 'true', MOCK_HOSTS: '6', MOCK_SERVERS: '60' };
let closed: Product;
let open: Product;
beforeAll(async () => {
  [closed, open] = await Promise.all([
    startProduct({ ...MOCK, AUTH: 'keystone', AUTH_SECRET: SECRET }),
    startProduct(MOCK),
  ]);
});

const errorsIn = ({ log }: Product) => log.filter(({ level }) => level === 'error');

describe('S12: a method that nothing has', () => {
  it.each(['TRACE', 'PROPFIND', 'PURGE', 'DELETE'])('is 405, on every kind of path: %s', async (method) => {
    for (const path of ['/', '/hosts/', '/sign-in/', '/api/stats/', '/api/sign-in/', '/api/health/live/', '/icon.svg'])
      expect((await ask(closed.port, path, { method })).status, path).toBe(405);
    expect(errorsIn(closed)).toEqual([]);
  });
});

describe('S12: an address that is none', () => {
  it.each(['*', 'http://evil.example/x', 'HTTPS://localhost/api/stats/', 'evil', '?x'])(
    'is 400 and leads nowhere: GET %s',
    async (target) => {
      const { text } = await sendText(
        closed.port,
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
        10_000,
      );
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).not.toMatch(/^location:/im);
    },
  );

  it.each(['/hosts/%E0%A4%A/', '/audits/%E0%A4%A/', '/api/v1/hosts/%E0%A4%A/', '/%', '/hosts/%00/'])(
    'is no error of the server for someone who is signed in: %s',
    async (path) => {
      const cookie = await signIn(closed.port);
      expect((await ask(closed.port, path, { headers: { cookie } })).status).toBeLessThan(500);
    },
  );
});

describe('S12: headers that Next reads', () => {
  it.each<Record<string, string>>([
    { rsc: '1', 'next-router-state-tree': '%E0%A4%A' },
    { rsc: '1', 'next-router-state-tree': '{"a":[[[[' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/../../x' },
    { 'next-action': 'x'.repeat(40) },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  ])('are no error of the server: %j', async (headers) => {
    for (const path of ['/icon.svgx', '/favicon.icoZ/x', '/api/', '/sign-in/', '/', '/nothing/'])
      expect((await ask(closed.port, path, { headers })).status, path).toBeLessThan(500);
    expect(errorsIn(closed)).toEqual([]);
  });
});

describe('S12: a long text', () => {
  /** The shortest of five tries, in milliseconds: other work on the machine only makes them longer. */
  async function shortest(path: string, headers: Record<string, string>): Promise<number> {
    const times: number[] = [];
    for (let tries = 0; tries < 5; tries++) {
      const started = performance.now();
      await ask(open.port, path, { headers });
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  }

  beforeAll(async () => {
    await vi.waitFor(async () => expect((await ask(open.port, '/api/audits/')).status).toBe(200), 20_000);
    // Early answers are those that were given before, in the same encoding.
    await shortest('/api/audits/', { 'accept-encoding': 'gzip' });
  });

  it.each([
    ['/api/audits/', 'accept-encoding', `gzip${' '.repeat(15_000)}x`],
    ['/sign-in/', 'user-agent', 'a-'.repeat(7_500)],
    ['/api/nothing/', 'user-agent', 'a-'.repeat(7_500)],
    ['/api/source-status/', 'cookie', 'watcher-visio-session=; '.repeat(600)],
    ['/api/nothing/', 'x-forwarded-for', '1,'.repeat(7_500)],
    ['/sign-in/', 'if-none-match', '"x", '.repeat(3_000)],
  ])('takes no longer to read than it is: %s with a long %s', async (path, name, text) => {
    const ms = await shortest(path, { [name]: text });
    console.log(`${path} with ${text.length} characters of ${name}: ${ms.toFixed(1)} ms`);
    expect(ms).toBeLessThan(200);
  });
});
