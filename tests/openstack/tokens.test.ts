import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { CloudVariables } from '@/lib/openstack/cloud-variables';
import { loadCloud } from '@/lib/openstack/clouds';
import { listHypervisors, listServers } from '@/lib/openstack/nova';
import { issue, KEYSTONE, NOVA, open, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();

/** A Keystone that issues token-1, token-2, ... and counts them. */
function countingKeystone(lifetimeMs?: number) {
  const state = { issued: 0 };
  server.use(http.post(KEYSTONE, () => issue(`token-${++state.issued}`, lifetimeMs)));
  return state;
}

const noServers = () => HttpResponse.json({ servers: [] });
const noHypervisors = () => HttpResponse.json({ hypervisors: [] });

describe('the session token', () => {
  it('requests one token for concurrent calls', async () => {
    const keystone = countingKeystone();
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, noServers),
      http.get(`${NOVA}/v2.1/os-hypervisors/detail`, noHypervisors),
    );
    const session = open();
    await Promise.all([listServers(session), listHypervisors(session), listServers(session)]);
    expect(keystone.issued).toBe(1);
  });

  it('renews a token that expires during a refresh once, and every request succeeds', async () => {
    const keystone = countingKeystone();
    const valid = () => `token-${keystone.issued}`;
    let revoked = false;
    const guarded = (answer: () => Response) =>
      http.get(/\/v2\.1\/(servers|os-hypervisors)\/detail/, ({ request }) => {
        const token = request.headers.get('x-auth-token');
        if (revoked && token === 'token-1') return HttpResponse.json({ error: { code: 401 } }, { status: 401 });
        expect(token).toBe(valid());
        return request.url.includes('servers') ? answer() : noHypervisors();
      });
    server.use(guarded(noServers));
    const session = open();
    await listServers(session);
    revoked = true;
    await Promise.all([listServers(session), listHypervisors(session), listServers(session), listHypervisors(session)]);
    expect(keystone.issued).toBe(2);
  });

  it('renews a token before it expires', async () => {
    let now = 0;
    const keystone = countingKeystone();
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, noServers));
    const session = open({ clock: () => now });
    await listServers(session);
    now += 57 * 60_000;
    await listServers(session);
    expect(keystone.issued).toBe(1);
    now += 2 * 60_000;
    await listServers(session);
    expect(keystone.issued).toBe(2);
  });

  it('uses a short-lived token for half its lifetime, regardless of Keystone’s clock', async () => {
    let now = Date.parse('2099-01-01T00:00:00Z');
    const keystone = countingKeystone(60_000);
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, noServers));
    const session = open({ clock: () => now });
    await listServers(session);
    now += 29_000;
    await listServers(session);
    expect(keystone.issued).toBe(1);
    now += 2_000;
    await listServers(session);
    expect(keystone.issued).toBe(2);
  });

  it('fails instead of looping if a service rejects the new token too', async () => {
    const keystone = countingKeystone();
    server.use(http.get(`${NOVA}/v2.1/servers/detail`, () => HttpResponse.json({}, { status: 401 })));
    await expect(listServers(open())).rejects.toMatchObject({ source: 'nova', kind: 'unauthorized' });
    expect(keystone.issued).toBe(2);
  });

  it('fails with one sentence for wrong credentials or a missing project', async () => {
    server.use(http.post(KEYSTONE, () => HttpResponse.json(recording('keystone-auth-401'), { status: 401 })));
    await expect(listServers(open())).rejects.toMatchObject({
      source: 'keystone',
      kind: 'unauthorized',
      message: 'Keystone rejected the credentials.',
    });
    server.use(
      http.post(KEYSTONE, () =>
        HttpResponse.json(recording('keystone-auth-unscoped'), { status: 201, headers: { 'X-Subject-Token': 't' } }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('no catalog'),
    });
  });
});

describe('an application credential', () => {
  const credential = (variables: CloudVariables = { OS_APPLICATION_CREDENTIAL_ID: 'a' }) =>
    loadCloud(
      { OS_AUTH_URL: 'http://127.0.0.1:5000/v3', OS_APPLICATION_CREDENTIAL_SECRET: 's3cret', ...variables },
      { read: () => undefined, home: '/home/nobody', cwd: '/nowhere' },
    );

  it('sends an application credential without a scope, because it has its own project', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post(KEYSTONE, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(recording('keystone-auth-appcred'), {
          status: 201,
          headers: { 'X-Subject-Token': 't' },
        });
      }),
      http.get(`${NOVA}/v2.1/servers/detail`, noServers),
    );
    await listServers(open({ cloud: credential() }));
    await listServers(open({ cloud: credential({ OS_APPLICATION_CREDENTIAL_NAME: 'visio', OS_USER_ID: 'u' }) }));
    const methods = ['application_credential'];
    expect(bodies).toEqual([
      { auth: { identity: { methods, application_credential: { id: 'a', secret: 's3cret' } } } },
      {
        auth: {
          identity: { methods, application_credential: { name: 'visio', user: { id: 'u' }, secret: 's3cret' } },
        },
      },
    ]);
  });

  it('reports an unknown application credential as rejected, although Keystone returns 404', async () => {
    server.use(
      http.post(KEYSTONE, () => HttpResponse.json(recording('keystone-auth-appcred-unknown'), { status: 404 })),
    );
    await expect(listServers(open({ cloud: credential() }))).rejects.toMatchObject({
      kind: 'unauthorized',
      message:
        'Keystone rejected the credentials: Could not find Application Credential: 00000000000000000000000000000000.',
    });
  });
});

describe('a password', () => {
  it('sends a password with the user and project in their domains', async () => {
    let body: unknown;
    server.use(
      http.post(KEYSTONE, async ({ request }) => {
        body = await request.json();
        return issue('t');
      }),
      http.get(`${NOVA}/v2.1/servers/detail`, noServers),
    );
    await listServers(open());
    const domain = { name: 'Default' };
    expect(body).toEqual({
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'admin', domain, password: 's3cret' } } },
        scope: { project: { name: 'admin', domain } },
      },
    });
  });
});
