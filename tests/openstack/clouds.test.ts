import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { findEndpoint } from '@/lib/openstack/catalog';
import { type CloudVariables, loadCloud } from '@/lib/openstack/clouds';
import { openSession } from '@/lib/openstack/session';
import { cloudSettings, issue, KEYSTONE, recordedCloud } from './recorded-cloud';

const server = recordedCloud();

const load = (variables: CloudVariables, files: Record<string, string> = {}) =>
  loadCloud(variables, { read: (file) => files[file], home: '/home/me', cwd: '/srv' });

const CLOUDS = `
clouds:
  lab:
    auth:
      auth_url: https://keystone.example:5000/v3/
      username: admin
      project_name: admin
      user_domain_name: Default
      project_domain_id: d-1
    region_name: RegionOne
    interface: internalURL
    verify: false
    placement_endpoint_override: https://placement.example
  app:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://keystone.example/identity
      application_credential_id: a-1
      application_credential_secret: s3cret
    cacert: /etc/ca.pem
`;
const SECURE = 'clouds:\n  lab:\n    auth:\n      password: s3cret\n';

describe('clouds.yaml', () => {
  it('gives a cloud with secure.yaml merged into it', () => {
    const cloud = load(
      { cloud: 'lab' },
      { '/home/me/.config/openstack/clouds.yaml': CLOUDS, '/etc/openstack/secure.yaml': SECURE },
    );
    expect(cloud).toEqual({
      authUrl: 'https://keystone.example:5000/v3',
      auth: {
        method: 'password',
        user: { name: 'admin', domain: { name: 'Default' } },
        password: 's3cret',
        project: { name: 'admin', domain: { id: 'd-1' } },
      },
      region: 'RegionOne',
      interface: 'internal',
      tls: { ca: undefined, cert: undefined, key: undefined, verify: false },
      endpointOverrides: { placement: 'https://placement.example' },
    });
  });

  it('is looked for where openstacksdk looks, the explicit file first', () => {
    const other = CLOUDS.replace('RegionOne', 'RegionTwo');
    const files = { '/srv/clouds.yaml': CLOUDS, '/my/clouds.yaml': other, '/etc/openstack/secure.yaml': SECURE };
    expect(load({ cloud: 'lab' }, files).region).toBe('RegionOne');
    expect(load({ cloud: 'lab', clientConfigFile: '/my/clouds.yaml' }, files).region).toBe('RegionTwo');
    expect(load({ cloud: 'lab', regionName: 'Elsewhere', interface: 'public' }, files)).toMatchObject({
      region: 'Elsewhere',
      interface: 'public',
    });
  });

  it('knows application credentials and a CA', () => {
    const cloud = load({ cloud: 'app' }, { '/srv/clouds.yaml': CLOUDS, '/etc/ca.pem': 'PEM' });
    expect(cloud.auth).toEqual({ method: 'application_credential', id: 'a-1', secret: 's3cret' });
    expect(cloud.authUrl).toBe('https://keystone.example/identity/v3');
    expect(cloud.tls).toMatchObject({ ca: 'PEM', verify: true });
  });

  it('that is wrong is told without showing what is in it', () => {
    const messages = [
      () => load({ cloud: 'none' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ cloud: 'lab' }, { '/srv/clouds.yaml': 'clouds: {lab: {auth: {password: s3cret' }),
      () => load({ cloud: 'lab' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ cloud: 'app' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}),
    ].map((attempt) => {
      try {
        attempt();
        return 'no error';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
    expect(messages).toEqual([
      'clouds.yaml has no cloud named none.',
      'clouds.yaml is not valid YAML.',
      'password (OS_PASSWORD) is missing.',
      expect.stringContaining('cacert (OS_CACERT)'),
      'clouds.yaml has several clouds: OS_CLOUD has to name one.',
      expect.stringContaining('The cloud is not configured'),
    ]);
  });
});

describe('OS_ variables', () => {
  const base = { authUrl: 'http://k:5000', projectName: 'p', username: 'u', password: 's3cret' };

  it('name users and projects by id or by name, in Keystone’s default domain unless told otherwise', () => {
    expect(load(base).auth).toMatchObject({
      user: { name: 'u', domain: { id: 'default' } },
      project: { name: 'p', domain: { id: 'default' } },
    });
    expect(load({ ...base, userId: 'u-1', projectId: 'p-1' }).auth).toMatchObject({
      user: { id: 'u-1' },
      project: { id: 'p-1' },
    });
  });

  it('log in by token and by application credential with a name', () => {
    expect(load({ authUrl: 'http://k:5000/v3', token: 't', projectId: 'p' }).auth).toEqual({
      method: 'token',
      token: 't',
      project: { id: 'p' },
    });
    expect(
      load({
        authUrl: 'http://k:5000/v3',
        applicationCredentialName: 'visio',
        applicationCredentialSecret: 's',
        userId: 'u',
      }).auth,
    ).toEqual({ method: 'application_credential', name: 'visio', user: { id: 'u' }, secret: 's' });
  });
});

describe('logging in', () => {
  it('with an application credential sends no scope', async () => {
    let body: unknown;
    server.use(
      http.post(KEYSTONE, async ({ request }) => {
        body = await request.json();
        return issue('token');
      }),
    );
    const cloud = load({
      authUrl: 'http://127.0.0.1:5000/v3',
      applicationCredentialId: 'a',
      applicationCredentialSecret: 's',
    });
    await openSession(cloud, { timeoutMs: 1_000, maxBytes: 1_000_000, concurrency: 1 }).checkToken({
      timeoutMs: 1_000,
    });
    expect(body).toEqual({
      auth: { identity: { methods: ['application_credential'], application_credential: { id: 'a', secret: 's' } } },
    });
  });

  it('with an unknown application credential is refused credentials, though Keystone says 404', async () => {
    server.use(http.post(KEYSTONE, () => HttpResponse.json({ error: { code: 404 } }, { status: 404 })));
    const cloud = load({
      authUrl: 'http://127.0.0.1:5000/v3',
      applicationCredentialId: 'a',
      applicationCredentialSecret: 's',
    });
    const session = openSession(cloud, { timeoutMs: 1_000, maxBytes: 1_000_000, concurrency: 1 });
    await expect(session.checkToken({ timeoutMs: 1_000 })).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('the catalog', () => {
  const endpoints = (url: string) =>
    ['public', 'internal'].flatMap((kind) =>
      ['RegionOne', 'RegionTwo'].map((region_id) => ({
        interface: kind,
        region_id,
        url: `${url}/${kind}/${region_id}`,
      })),
    );
  const catalog = [
    { type: 'infra-optim', name: 'watcher', endpoints: endpoints('http://w') },
    { type: 'compute', name: 'nova', endpoints: endpoints('http://n/v2.1') },
  ];

  it('is searched by type, interface and region; Watcher’s address gets its version', () => {
    expect(findEndpoint('watcher', catalog, cloudSettings(), {}).url).toBe('http://w/public/RegionOne/v1');
    expect(
      findEndpoint('watcher', catalog, cloudSettings(), { endpointName: 'watcher', interfaceName: 'internal' }).url,
    ).toBe('http://w/internal/RegionOne/v1');
    expect(findEndpoint('nova', catalog, { ...cloudSettings(), region: 'RegionTwo' }, {})).toEqual({
      url: 'http://n/v2.1/public/RegionTwo',
      region: 'RegionTwo',
    });
  });

  it('that lacks something says what', () => {
    const missing = (attempt: () => unknown) => {
      expect(attempt).toThrow(expect.objectContaining({ kind: 'missing' }));
    };
    missing(() => findEndpoint('placement', catalog, cloudSettings(), {}));
    missing(() => findEndpoint('watcher', catalog, cloudSettings(), { endpointName: 'optimizer' }));
    missing(() => findEndpoint('nova', catalog, { ...cloudSettings(), region: 'Elsewhere' }, {}));
    missing(() => findEndpoint('nova', catalog, { ...cloudSettings(), interface: 'admin' }, {}));
  });
});
