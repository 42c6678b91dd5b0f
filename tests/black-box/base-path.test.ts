import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, signInForm } from './support/ask';
import { type Cloud, openCloud } from './support/cloud';
import { basePathOf, type Product, refusedStart, SECRET, startProduct } from './support/product';

/**
 * A build for a path of its host. Its tests are skipped with the usual build; `npm run test:base-path` makes one and runs them.
 */

const BASE = basePathOf(inject('build'));
const PAGES = [
  '/',
  '/hosts/',
  '/vms/',
  '/plans/',
  '/plans/audits/',
  '/capacity/',
  '/activity/',
  '/doctor/',
  '/compare/',
];

/** What a page asks for or leads to: attributes, and addresses in the data that Next sends with it. */
const addressesIn = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));
const isOutside = (address: string) => !/^(#|[a-z]+:)/.test(address) && !`${address}/`.startsWith(`${BASE}/`);

let cloud: Cloud;
beforeAll(async () => {
  cloud = await openCloud();
});

describe.skipIf(BASE === '')('a build for a path, open to all', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({ ...cloud.settings, BASE_PATH: BASE });
  });

  it.each(PAGES)('%s leads nowhere outside it', async (page) => {
    const answer = await fetch(`${product.url}${page}?plain=1`);
    expect(answer.status).toBe(200);
    const addresses = addressesIn(await answer.text());
    expect(addresses.length).toBeGreaterThan(10);
    expect(addresses.filter(isOutside)).toEqual([]);
  });

  it('serves what pages are made of', async () => {
    const html = await (await fetch(`${product.url}/`)).text();
    const files = [...new Set(addressesIn(html).filter((address) => /_next\/static|icon/.test(address)))];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const answer = await fetch(`http://127.0.0.1:${product.port}${file}`);
      expect([file, answer.status]).toEqual([file, 200]);
    }
  });

  it('answers below the path only, and leads people there who try the host alone', async () => {
    expect(await ask(product.port, '/')).toMatchObject({ status: 307, headers: { location: `${BASE}/` } });
    for (const address of ['/hosts/', '/api/stats/', '/api/health/live/', `${BASE}x/`])
      expect((await ask(product.port, address)).status).toBe(404);
    expect((await ask(product.port, BASE)).status).toBe(200);
  });

  it('has the API there, with its own addresses, kept answers and redirects', async () => {
    const read = async (path: string) => (await fetch(`${product.url}${path}`)).json();
    const { endpoints, openapi } = await read('/api/');
    expect(endpoints.map(({ path }: { path: string }) => path).filter(isOutside)).toEqual([]);
    expect(openapi).toBe(`${BASE}/api/openapi.json`);
    expect((await read('/api/openapi.json')).servers[0].url).toBe(BASE);
    expect((await read('/api/v1/hosts/no-such-host/')).type).toBe(`${BASE}/api/problems/not-found/`);
    const first = await fetch(`${product.url}/api/v1/hosts/`);
    const [again, unchanged] = await Promise.all([
      fetch(`${product.url}/api/v1/hosts/`),
      fetch(`${product.url}/api/v1/hosts/`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } }),
    ]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(unchanged.status).toBe(304);
    expect(again.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${product.url}/api/metrics/`)).status).toBe(200);
  });

  it('is asked by the command line', () => {
    const words = ['lib/cli/watcher-visio.mjs', 'doctor', '--json', '--url', product.url];
    const shown = execFileSync(process.execPath, words, { cwd: inject('build'), encoding: 'utf8' });
    expect(JSON.parse(shown).summary.error).toBe(0);
  });

  it('does not start where it is said to be elsewhere', async () => {
    const { code, output } = await refusedStart({ ...cloud.settings, BASE_PATH: '/other' });
    expect(code).toBe(78);
    expect(output).toContain(`BASE_PATH is not that of this build, which is for ${BASE}`);
  });
});

describe.skipIf(BASE === '')('a build for a path, with sign-in', () => {
  it('leads to the sign-in and back, with a cookie for the path', async () => {
    const product = await startProduct({ ...cloud.settings, AUTH: 'keystone', AUTH_SECRET: SECRET });
    const page = `${BASE}/hosts/?show=hot`;
    const asked = await ask(product.port, page);
    expect(asked.status).toBe(303);
    const signIn = String(asked.headers.location);
    expect(signIn).toBe(`${BASE}/sign-in/?next=${encodeURIComponent('/hosts/?show=hot')}`);
    const form = await ask(product.port, signIn);
    expect(addressesIn(form.body).filter(isOutside)).toEqual([]);
    expect(form.body).toContain(`action="${BASE}/api/sign-in/"`);
    const https = { 'x-forwarded-proto': 'https' };
    const fields = { user: 'visio', password: 'simulated', next: '/hosts/?show=hot' };
    const done = await ask(product.port, `${BASE}/api/sign-in/`, signInForm(fields, https));
    expect(done).toMatchObject({ status: 303, headers: { location: page } });
    const [cookie = ''] = done.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(new RegExp(`^__Secure-watcher-visio-session=[^;]+; Path=${BASE}; .*Secure`));
    const headers = { ...https, cookie: cookie.split(';')[0] ?? '' };
    expect((await ask(product.port, page, { headers })).status).toBe(200);
    const out = await ask(product.port, `${BASE}/api/sign-out/`, signInForm({}, headers));
    expect(out).toMatchObject({ status: 303, headers: { location: `${BASE}/sign-in/?problem=out` } });
  });
});

describe.skipIf(BASE !== '')('a build for a whole host', () => {
  it('does not start where it is said to be below a path', async () => {
    const { code, output } = await refusedStart({ ...cloud.settings, BASE_PATH: '/visio' });
    expect(code).toBe(78);
    expect(output).toContain('BASE_PATH is not that of this build, which is without one');
  });
});
