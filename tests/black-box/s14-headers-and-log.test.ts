import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signInForm } from './support/ask';
import { openCloud } from './support/cloud';
import { type Product, SECRET, startProduct } from './support/product';
import { signIn, signOut, statusWith } from './support/sessions';

const API_TOKEN = 'metrics-9f4c1e7a2b8d';
const PATIENCE = { timeout: 10_000 };
const HTTPS = { 'x-forwarded-proto': 'https' };

let keystone: Product;
let proxy: Product;
beforeAll(async () => {
  const { settings } = await openCloud();
  const common = { ...settings, API_TOKENS: API_TOKEN, TRUSTED_PROXIES: '127.0.0.9' };
  [keystone, proxy] = await Promise.all([
    startProduct({ ...common, AUTH: 'keystone', AUTH_SECRET: SECRET }),
    startProduct({ ...common, AUTH: 'proxy' }),
  ]);
});

describe('S14: the session cookie', () => {
  it('belongs to this host alone where the connection is secure', async () => {
    const answer = await ask(
      keystone.port,
      '/api/sign-in/',
      signInForm({ user: 'visio', password: 'simulated' }, HTTPS),
    );
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-watcher-visio-session=/);
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; .*; Secure$/);
  });

  it('counts although others of its name were planted, before or behind it', async () => {
    const good = await signIn(keystone.port);
    for (const cookie of [
      `watcher-visio-session=x; ${good}`,
      `${good}; watcher-visio-session=x`,
      `a=b; ${'watcher-visio-session=; '.repeat(5)}${good}`,
    ])
      expect(await statusWith(keystone.port, cookie)).toBe(200);
  });

  it('may be one that a sibling host planted only where the connection is not secure', async () => {
    const [, value] = (await signIn(keystone.port)).split('=');
    const look = (name: string) =>
      ask(keystone.port, '/api/source-status/', { headers: { ...HTTPS, cookie: `${name}=${value}` } });
    expect((await look('watcher-visio-session')).status).toBe(401);
    expect((await look('__Host-watcher-visio-session')).status).toBe(200);
  });
});

describe('S14: what someone signed in for', () => {
  it.each([
    '/api/stats/',
    '/api/v1/overview/',
    '/api/source-status/',
    '/api/openapi.json',
    '/api/metrics/',
    '/hosts.csv',
    '/api/',
    '/',
  ])('stays in no cache, not even when it is answered early: %s', async (path) => {
    const cookie = await signIn(keystone.port);
    for (let time = 0; time < 3; time++) {
      const { headers } = await ask(keystone.port, path, { headers: { cookie } });
      expect(headers['cache-control']).toMatch(/private/);
      expect(headers['cache-control']).toMatch(/no-store/);
    }
  });

  it('is cleared from the browser at sign-out', async () => {
    const { headers } = await signOut(keystone.port, await signIn(keystone.port));
    expect(headers['clear-site-data']).toContain('"cache"');
  });
});

describe('S14: the log and the metrics', () => {
  const metrics = async ({ port }: Product) =>
    (await ask(port, '/api/metrics/', { headers: { authorization: `Bearer ${API_TOKEN}` } })).body;

  it.each([
    ['keystone', () => keystone],
    ['proxy', () => proxy],
  ])('have every refused token with its client, and not the token, with AUTH=%s', async (_, product) => {
    const { port, log } = product();
    const from = '127.0.0.77';
    for (let n = 0; n < 10; n++)
      await ask(port, '/api/stats/', { headers: { authorization: `Bearer guess-number-${n}` }, from });
    await expect
      .poll(() => log.filter(({ level, client }) => level === 'info' && client === from), PATIENCE)
      .toHaveLength(10);
    expect(JSON.stringify(log)).not.toContain('guess-number');
    expect(await metrics(product())).toMatch(/refused_tokens_total\{[^}]*\} 10\n/);
  });

  it('have every refused sign-in with its client, and not the name as typed', async () => {
    const from = '127.0.0.78';
    await ask(keystone.port, '/api/sign-in/', { ...signInForm({ user: 'my-Passw0rd', password: 'x' }), from });
    await expect
      .poll(() => keystone.log.filter(({ level, client }) => level === 'info' && client === from), PATIENCE)
      .toHaveLength(1);
    expect(JSON.stringify(keystone.log)).not.toContain('my-Passw0rd');
    expect(await metrics(keystone)).toMatch(/sign_ins_total\{result="refused"\} 1\n/);
  });
});
