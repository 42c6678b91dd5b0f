import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CloudVariables } from '@/lib/openstack/cloud-variables';
import { loadCloud } from '@/lib/openstack/clouds';

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../fixtures/openstack/tls', name), 'utf8');
const CERT = pem('loopback.pem');
const KEY = pem('loopback-key.pem');

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
/** The message of the error that an attempt throws. */
function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const SECURE = 'clouds:\n  lab:\n    auth:\n      password: s3cret\n';

describe('loadCloud with clouds.yaml', () => {
  it('merges secure.yaml into the cloud', () => {
    const cloud = load(
      { OS_CLOUD: 'lab' },
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
      interfaces: ['internal'],
      tls: { ca: undefined, cert: undefined, key: undefined, verify: false },
      services: { placement: { endpoint: 'https://placement.example' } },
    });
  });

  it('searches the same folders as openstacksdk, an explicit file first', () => {
    const other = CLOUDS.replace('RegionOne', 'RegionTwo');
    const files = { '/srv/clouds.yaml': CLOUDS, '/my/clouds.yaml': other, '/etc/openstack/secure.yaml': SECURE };
    expect(load({ OS_CLOUD: 'lab' }, files).region).toBe('RegionOne');
    expect(load({ OS_CLOUD: 'lab', OS_CLIENT_CONFIG_FILE: '/my/clouds.yaml' }, files).region).toBe('RegionTwo');
    expect(load({ OS_CLOUD: 'lab', OS_REGION_NAME: 'Elsewhere', OS_INTERFACE: 'public' }, files)).toMatchObject({
      region: 'Elsewhere',
      interfaces: ['public'],
    });
  });

  it('supports application credentials and a CA', () => {
    const cloud = load({ OS_CLOUD: 'app' }, { '/srv/clouds.yaml': CLOUDS, '/etc/ca.pem': CERT });
    expect(cloud.auth).toEqual({ method: 'application_credential', id: 'a-1', secret: 's3cret' });
    expect(cloud.authUrl).toBe('https://keystone.example/identity/v3');
    expect(cloud.tls).toMatchObject({ ca: CERT, verify: true });
  });

  it('uses the only cloud if none is named, and no file if OS_AUTH_URL is set', () => {
    const files = { '/etc/openstack/clouds.yaml': CLOUDS.slice(0, CLOUDS.indexOf('  app:')) };
    expect(load({ OS_PASSWORD: 's3cret' }, files).region).toBe('RegionOne');
    const variables = { OS_AUTH_URL: 'http://k:5000', OS_USERNAME: 'u', OS_PASSWORD: 's3cret', OS_PROJECT_NAME: 'p' };
    expect(load(variables, files)).toMatchObject({ authUrl: 'http://k:5000/v3', region: null, interfaces: ['public'] });
  });

  it('takes only a missing secret from the environment, nothing else of the account', () => {
    const files = { '/srv/clouds.yaml': CLOUDS, '/etc/ca.pem': CERT };
    expect(load({ OS_CLOUD: 'lab', OS_USERNAME: 'other', OS_PASSWORD: 'env' }, files).auth).toMatchObject({
      user: { name: 'admin' },
      password: 'env',
    });
    expect(
      load({ OS_CLOUD: 'app', OS_APPLICATION_CREDENTIAL_SECRET: 'env', OS_PASSWORD: 'env' }, files).auth,
    ).toMatchObject({
      method: 'application_credential',
      secret: 's3cret',
    });
  });

  it('reads the same YAML as OpenStack’s own tools: anchors, yes and no, passwords of digits', () => {
    const cloud = load(
      { OS_CLOUD: 'one' },
      {
        '/srv/clouds.yml': `
shared: &shared
  interface: [internal, public]
  verify: no
clouds:
  one:
    <<: *shared
    regions: [{name: east}, {name: west}]
    auth: {auth_url: 'https://k.example', username: 7, password: 0123e5, project_id: 12e45}
`,
      },
    );
    expect(cloud).toMatchObject({ interfaces: ['internal', 'public'], region: 'east', tls: { verify: false } });
    expect(cloud.auth).toEqual({
      method: 'password',
      user: { name: '7', domain: { id: 'default' } },
      password: '0123e5',
      project: { id: '12e45' },
    });
  });

  it('accepts a profile, JSON, and an account next to `auth`', () => {
    const files = {
      '/srv/clouds.json': JSON.stringify({
        clouds: { one: { profile: 'acme', username: 'u', auth: { password: 's3cret', tenant_name: 't' } } },
      }),
      '/home/me/.config/openstack/clouds-public.yaml':
        'public-clouds: {acme: {auth: {auth_url: https://acme.example/v2.0}, region_name: acme-1}}',
    };
    expect(load({ OS_CLOUD: 'one', OS_DEFAULT_DOMAIN: 'd' }, files)).toMatchObject({
      authUrl: 'https://acme.example/v3',
      region: 'acme-1',
      auth: { user: { name: 'u', domain: { id: 'd' } }, project: { name: 't', domain: { id: 'd' } } },
    });
  });

  it('reads certificates, with the key in the same file or its own', () => {
    const tls = '    cert: ~/cert.pem\n    region_name: RegionOne';
    const files = {
      '/srv/clouds.yaml': CLOUDS.replace('    region_name: RegionOne', tls),
      '/srv/secure.yaml': SECURE,
      '/home/me/cert.pem': CERT + KEY,
      '/key.pem': KEY,
    };
    expect(load({ OS_CLOUD: 'lab' }, files).tls).toMatchObject({
      cert: CERT + KEY,
      key: CERT + KEY,
    });
    expect(load({ OS_CLOUD: 'lab', OS_KEY: '/key.pem' }, files).tls).toMatchObject({
      cert: CERT + KEY,
      key: KEY,
    });
  });

  it('names what is wrong without showing any values', () => {
    const messages = [
      () => load({ OS_CLOUD: 'none' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ OS_CLOUD: 'lab' }, { '/srv/clouds.yaml': 'clouds: {lab: {auth: {password: s3cret' }),
      () => load({ OS_CLOUD: 'lab' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ OS_CLOUD: 'app' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}),
      () => load({ OS_CLOUD: 'lab' }),
      () => load({ OS_CLOUD: 'lab', OS_CLIENT_CONFIG_FILE: '/none.yaml' }),
      () => load({ OS_CLOUD: 'lab', OS_CLIENT_SECURE_FILE: '/none.yaml' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ OS_CLOUD: 'a' }, { '/srv/clouds.yaml': 'clouds: {a: {profile: unknown, auth: {}}}' }),
    ].map(complaint);
    expect(messages).toEqual([
      '/srv/clouds.yaml has no cloud named none.',
      '/srv/clouds.yaml is not valid YAML at line 1, column 39.',
      'password (OS_PASSWORD) is missing in the cloud lab (/srv/clouds.yaml, line 3).',
      "The file named by cacert in /srv/clouds.yaml, line 20, can't be read.",
      '/srv/clouds.yaml has several clouds: set OS_CLOUD to one of lab, app.',
      expect.stringContaining('The cloud is not configured'),
      'OS_CLOUD is set, but there is no clouds.yaml: looked in /srv, /home/me/.config/openstack, /etc/xdg/openstack, /etc/openstack.',
      "The file named by OS_CLIENT_CONFIG_FILE can't be read.",
      "The file named by OS_CLIENT_SECURE_FILE can't be read.",
      'auth_url (OS_AUTH_URL) is missing in the cloud a (/srv/clouds.yaml, line 1): neither the cloud nor its profile in clouds-public.yaml has it.',
    ]);
  });
});

describe('loadCloud with OS_ variables', () => {
  const base = { OS_AUTH_URL: 'http://k:5000', OS_PROJECT_NAME: 'p', OS_USERNAME: 'u', OS_PASSWORD: 's3cret' };

  it('accepts users and projects by id or name, in Keystone’s default domain unless one is set', () => {
    expect(load(base).auth).toMatchObject({
      user: { name: 'u', domain: { id: 'default' } },
      project: { name: 'p', domain: { id: 'default' } },
    });
    expect(load({ ...base, OS_USER_ID: 'u-1', OS_PROJECT_ID: 'p-1' }).auth).toMatchObject({
      user: { id: 'u-1' },
      project: { id: 'p-1' },
    });
  });

  it('supports tokens and application credentials by name', () => {
    expect(load({ OS_AUTH_URL: 'http://k:5000/v3', OS_TOKEN: 't', OS_PROJECT_ID: 'p' }).auth).toEqual({
      method: 'token',
      token: 't',
      project: { id: 'p' },
    });
    expect(
      load({
        OS_AUTH_URL: 'http://k:5000/v3',
        OS_APPLICATION_CREDENTIAL_NAME: 'visio',
        OS_APPLICATION_CREDENTIAL_SECRET: 's',
        OS_USER_ID: 'u',
      }).auth,
    ).toEqual({ method: 'application_credential', name: 'visio', user: { id: 'u' }, secret: 's' });
  });

  it('names missing and contradictory variables without their values', () => {
    const messages = [
      { OS_AUTH_URL: 'keystone.example' },
      { ...base, OS_AUTH_TYPE: 'v3oidcpassword' },
      { ...base, OS_INTERFACE: 'outside' },
      { ...base, OS_USERNAME: undefined },
      { ...base, OS_PROJECT_NAME: undefined },
      { ...base, OS_AUTH_TYPE: 'v3token' },
      { ...base, OS_APPLICATION_CREDENTIAL_ID: 'a' },
      { ...base, OS_CERT: '/none.pem' },
    ].map((variables) => complaint(() => load(variables)));
    expect(messages).toEqual([
      'auth_url (OS_AUTH_URL) is not an http or https address.',
      'auth_type (OS_AUTH_TYPE) must be v3password, v3applicationcredential or v3token: the present one signs in at another service. An application credential works without.',
      'interface (OS_INTERFACE) must be public, internal or admin.',
      'username (OS_USERNAME) is missing.',
      'project_name (OS_PROJECT_NAME) is missing: without a project there is no catalog.',
      'token (OS_TOKEN) is missing.',
      'application_credential_secret (OS_APPLICATION_CREDENTIAL_SECRET) is missing.',
      "The file named by cert (OS_CERT) can't be read.",
    ]);
    expect(messages.join()).not.toContain('s3cret');
  });
});
