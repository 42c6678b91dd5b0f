import { describe, expect, it } from 'vitest';
import { type CloudVariables, loadCloud } from '@/lib/openstack/clouds';

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
/** What an attempt complains of. */
function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

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

  it('is the only one there is where nothing is named, and not read where OS_AUTH_URL is set', () => {
    const files = { '/etc/openstack/clouds.yaml': CLOUDS.slice(0, CLOUDS.indexOf('  app:')) };
    expect(load({ password: 's3cret' }, files).region).toBe('RegionOne');
    const variables = { authUrl: 'http://k:5000', username: 'u', password: 's3cret', projectName: 'p' };
    expect(load(variables, files)).toMatchObject({ authUrl: 'http://k:5000/v3', region: null, interface: 'public' });
  });

  it('gets from the environment the secret it leaves out, and nothing else of the account', () => {
    const files = { '/srv/clouds.yaml': CLOUDS, '/etc/ca.pem': 'PEM' };
    expect(load({ cloud: 'lab', username: 'other', password: 'env' }, files).auth).toMatchObject({
      user: { name: 'admin' },
      password: 'env',
    });
    expect(load({ cloud: 'app', applicationCredentialSecret: 'env', password: 'env' }, files).auth).toMatchObject({
      method: 'application_credential',
      secret: 's3cret',
    });
  });

  it('is the YAML that OpenStack’s own tools read: anchors, yes and no, and passwords of digits', () => {
    const cloud = load(
      { cloud: 'one' },
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
    expect(cloud).toMatchObject({ interface: 'internal', region: 'east', tls: { verify: false } });
    expect(cloud.auth).toEqual({
      method: 'password',
      user: { name: '7', domain: { id: 'default' } },
      password: '0123e5',
      project: { id: '12e45' },
    });
  });

  it('may build on a profile, be JSON, and have its account beside `auth`', () => {
    const files = {
      '/srv/clouds.json': JSON.stringify({
        clouds: { one: { profile: 'acme', username: 'u', auth: { password: 's3cret', tenant_name: 't' } } },
      }),
      '/home/me/.config/openstack/clouds-public.yaml':
        'public-clouds: {acme: {auth: {auth_url: https://acme.example/v2.0}, region_name: acme-1}}',
    };
    expect(load({ cloud: 'one', defaultDomain: 'd' }, files)).toMatchObject({
      authUrl: 'https://acme.example/v3',
      region: 'acme-1',
      auth: { user: { name: 'u', domain: { id: 'd' } }, project: { name: 't', domain: { id: 'd' } } },
    });
  });

  it('names certificates, whose file may hold the key too', () => {
    const tls = '    cert: ~/cert.pem\n    region_name: RegionOne';
    const files = {
      '/srv/clouds.yaml': CLOUDS.replace('    region_name: RegionOne', tls),
      '/srv/secure.yaml': SECURE,
      '/home/me/cert.pem': 'BOTH',
      '/key.pem': 'KEY',
    };
    expect(load({ cloud: 'lab' }, files).tls).toMatchObject({ cert: 'BOTH', key: 'BOTH' });
    expect(load({ cloud: 'lab', key: '/key.pem' }, files).tls).toMatchObject({ cert: 'BOTH', key: 'KEY' });
  });

  it('that is wrong is told without showing what is in it', () => {
    const messages = [
      () => load({ cloud: 'none' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ cloud: 'lab' }, { '/srv/clouds.yaml': 'clouds: {lab: {auth: {password: s3cret' }),
      () => load({ cloud: 'lab' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ cloud: 'app' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}, { '/srv/clouds.yaml': CLOUDS }),
      () => load({}),
      () => load({ cloud: 'lab' }),
      () => load({ cloud: 'lab', clientConfigFile: '/none.yaml' }),
      () => load({ cloud: 'lab', clientSecureFile: '/none.yaml' }, { '/srv/clouds.yaml': CLOUDS }),
      () => load({ cloud: 'a' }, { '/srv/clouds.yaml': 'clouds: {a: {profile: unknown, auth: {}}}' }),
    ].map(complaint);
    expect(messages).toEqual([
      'clouds.yaml has no cloud named none.',
      'clouds.yaml is not valid YAML.',
      'password (OS_PASSWORD) is missing.',
      expect.stringContaining('cacert (OS_CACERT)'),
      'clouds.yaml has several clouds: OS_CLOUD has to name one.',
      expect.stringContaining('The cloud is not configured'),
      'OS_CLOUD is set, but there is no clouds.yaml.',
      "The file that OS_CLIENT_CONFIG_FILE names can't be read.",
      "The file that OS_CLIENT_SECURE_FILE names can't be read.",
      'The cloud a of clouds.yaml has no auth_url, and no known profile gives it one.',
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

  it('that lack something or contradict each other are named, not shown', () => {
    const messages = [
      { authUrl: 'keystone.example' },
      { ...base, authType: 'v3oidcpassword' },
      { ...base, interface: 'outside' },
      { ...base, username: undefined },
      { ...base, projectName: undefined },
      { ...base, authType: 'v3token' },
      { ...base, applicationCredentialId: 'a' },
      { ...base, cert: '/none.pem' },
    ].map((variables) => complaint(() => load(variables)));
    expect(messages).toEqual([
      'auth_url (OS_AUTH_URL) is not an http or https address.',
      'auth_type (OS_AUTH_TYPE) is none of v3password, v3applicationcredential and v3token.',
      'interface (OS_INTERFACE) is none of public, internal and admin.',
      'username (OS_USERNAME) is missing.',
      'project_name (OS_PROJECT_NAME) is missing: without a project there is no catalog.',
      'token (OS_TOKEN) is missing.',
      'application_credential_secret (OS_APPLICATION_CREDENTIAL_SECRET) is missing.',
      "The file that cert (OS_CERT) names can't be read.",
    ]);
    expect(messages.join()).not.toContain('s3cret');
  });
});
