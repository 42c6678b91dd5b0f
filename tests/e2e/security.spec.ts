import { spawnSync } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { expectAccessible } from './support/axe';
import { expectReflow } from './support/reflow';
import { cloudVariables, startApp } from './support/servers';
import { expect, shoot, test } from './support/test';

/** The production build with AUTH=keystone against strangers, forged headers and signals. */

const TOKEN = 'token-of-a-program-0123456789';
const SECRET = 'sealing-secret-0123456789-0123456789';

test.use({
  setup: {
    hosts: 6,
    servers: 40,
    variables: { AUTH: 'keystone', AUTH_SECRET: SECRET, API_TOKENS: TOKEN, LOG_LEVEL: 'debug' },
  },
});

/** Sends a request like curl, with any Host header and without following redirects. */
function ask(url: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }>(
    (resolve, reject) => {
      httpRequest(url, { headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      })
        .on('error', reject)
        .end();
    },
  );
}

const withToken = { authorization: `Bearer ${TOKEN}` };

test('every response has the same security headers, and each page its own policy', async ({ app }) => {
  for (const path of [
    '/',
    '/sign-in/',
    '/nothing-here',
    '/api/stats/',
    '/api/nothing/',
    '/api/health/live/',
    '/icon.svg',
  ]) {
    const { headers } = await ask(app.url + path, withToken);
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
  const policies = await Promise.all(
    ['/', '/', '/sign-in/'].map(async (path) =>
      String((await ask(app.url + path, withToken)).headers['content-security-policy']),
    ),
  );
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/);
    expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/=]+';/);
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
  }
  expect(new Set(policies).size).toBe(policies.length);
  expect((await ask(`${app.url}/api/stats/`, withToken)).headers['content-security-policy']).toBe(
    "default-src 'none'; frame-ancestors 'none'",
  );
});

test('strangers see only sign-in, health and static files, even just after others got data', async ({ app }) => {
  const paths = [
    'stats',
    'audits',
    'source-status',
    'v1/overview',
    'v1/hosts',
    'v1/audits',
    'v1/sources',
    'metrics',
    'openapi.json',
  ];
  for (const path of paths) {
    for (const end of ['', '/']) {
      const url = `${app.url}/api/${path}${end}`;
      const known = await ask(url, withToken);
      expect(known.status, url).toBe(200);
      const etag = String(known.headers.etag ?? '"x"');
      const tries: Record<string, string>[] = [
        {},
        { 'if-none-match': etag },
        { authorization: 'Bearer wrong' },
        { 'x-visitor': 'admin' },
      ];
      for (const headers of tries) {
        expect((await ask(url, headers)).status, url).toBe(401);
      }
    }
  }
  expect((await ask(`${app.url}/api/health/ready/`)).status).toBe(200);
  expect((await ask(`${app.url}/icon.svg`)).status).toBe(200);
  for (const path of ['/', '/hosts/', '/hosts.csv', '/plans/', '/plans.csv', '/audits/x/', '/?_rsc=1']) {
    const { status, headers, text } = await ask(app.url + path, { rsc: '1' });
    expect([status, headers.location], path).toEqual([303, expect.stringMatching(/^\/sign-in\//)]);
    expect(text).toMatch(/^(\/sign-in\/\S*)?$/);
  }
});

test('forged headers give no access and redirect nowhere else', async ({ app }) => {
  const forged = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'x-middleware-rewrite': '/',
    'x-watcher-visio-peer': '127.0.0.1',
    'x-forwarded-user': 'admin',
  };
  const { status, headers } = await ask(`${app.url}/hosts/`, forged);
  expect([status, headers.location]).toEqual([303, '/sign-in/?next=%2Fhosts%2F']);
  expect((await ask(`${app.url}//evil.example/x`, forged)).headers.location ?? '/').toMatch(/^\/(?!\/)/);
  const upgrade = { ...forged, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  expect((await ask(`${app.url}/`, upgrade)).status).toBe(303);
  expect((await ask(`${app.url}/sign-in/`, forged)).text).not.toContain('evil');
});

test('a user signs in, views a page and signs out', async ({ page, app, context }) => {
  await page.goto('/hosts/');
  await expect(page.getByRole('heading', { name: 'Sign in to Watcher Visio' })).toBeVisible();
  await shoot(page, 'sign-in');
  await expectAccessible(page, 'sign-in');
  await expectReflow(page, 'sign-in');
  await page.getByLabel('User').fill('visio');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Keystone refused this user and password')).toBeVisible();
  await page.getByLabel('User').fill('visio');
  await page.getByLabel('Password').fill('simulated');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${app.url}/hosts/`);
  await expect(page.getByText('Signed in as')).toBeAttached();
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name === 'watcher-visio-session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate(() => document.cookie)).not.toContain('session');
  await page.getByRole('button', { name: 'Signed in as visio' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You have signed out.')).toBeVisible();
  expect((await ask(`${app.url}/api/stats/`, { cookie: `watcher-visio-session=${session?.value}` })).status).toBe(401);
  for (const secret of [SECRET, TOKEN, session?.value ?? SECRET, 'gAAAA', '"password"']) {
    expect(app.output()).not.toContain(secret);
  }
});

test('a stopping server finishes open requests', async ({ cloud }) => {
  const app = await startApp(cloudVariables(cloud.url));
  const { hosts } = await (await fetch(`${app.url}/api/v1/hosts/?limit=1`)).json();
  await cloud.break('prometheus', { delayMs: 1_000 });
  const answer = fetch(`${app.url}/api/v1/hosts/${hosts[0].name}/history/`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stopped = app.stop();
  expect((await answer).status).toBe(200);
  await stopped;
  await cloud.repair('prometheus');
});

test('wrong settings are all named without their values, and the server exits with 78', () => {
  const { status, stderr } = spawnSync(process.execPath, ['lib/server/start.mjs'], {
    encoding: 'utf8',
    timeout: 30_000,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      PORT: '0',
      OS_AUTH_URL: 's3cret://nowhere',
      OS_PASSWORD_FILE: '/s3cret',
      DASHBOARD_CACHE_TTL: '-s3cret',
      AUTH: 'proxy',
    },
  });
  expect(status).toBe(78);
  for (const name of ['OS_AUTH_URL', 'OS_PASSWORD_FILE', 'DASHBOARD_CACHE_TTL', 'TRUSTED_PROXIES'])
    expect(stderr).toContain(name);
  expect(stderr).not.toContain('s3cret');
});
