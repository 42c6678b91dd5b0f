import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';
import { openSession, type Session } from '@/lib/openstack/session';

/** Recorded responses of a real cloud (Zed, Watcher 9.0), from tests/fixtures/openstack. */
// biome-ignore lint/suspicious/noExplicitAny: recorded JSON of any shape; the clients' schemas check it
export const recording = (name: string): any =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/openstack', `${name}.json`), 'utf8'));

export const KEYSTONE = 'http://127.0.0.1:5000/v3/auth/tokens';
export const NOVA = 'http://127.0.0.1:8774';
export const PLACEMENT = 'http://127.0.0.1:8778';
export const WATCHER = 'http://127.0.0.1:9322';

export const cloudSettings = (): CloudSettings =>
  loadCloud(
    {
      OS_AUTH_URL: 'http://127.0.0.1:5000/v3',
      OS_USERNAME: 'admin',
      OS_PASSWORD: 's3cret',
      OS_PROJECT_NAME: 'admin',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: 'RegionOne',
    },
    { read: () => undefined, home: '/home/nobody', cwd: '/nowhere' },
  );

export const open = (more: { clock?: () => number; cloud?: CloudSettings } = {}): Session =>
  openSession(more.cloud ?? cloudSettings(), { timeoutMs: 2_000, maxBytes: 1_000_000, concurrency: 8, ...more });

/** A token with this lifetime; the recorded times themselves don't matter. */
export const issue = (id: string, lifetimeMs = 3_600_000) => {
  const { token } = recording('keystone-auth-password-project');
  const expires_at = new Date(Date.parse(token.issued_at) + lifetimeMs).toISOString();
  return HttpResponse.json({ token: { ...token, expires_at } }, { status: 201, headers: { 'X-Subject-Token': id } });
};

/** Serves version documents and a token; the test adds its own handlers. Any other request is an error. */
export function recordedCloud() {
  const server = setupServer(
    http.post(KEYSTONE, () => issue('token-1')),
    http.get(`${NOVA}/v2.1/`, () => HttpResponse.json(recording('discovery-nova-v2.1'))),
    http.get(`${PLACEMENT}/`, () => HttpResponse.json(recording('discovery-placement-root'))),
    http.get(`${WATCHER}/`, () => HttpResponse.json(recording('discovery-watcher-root'))),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}
