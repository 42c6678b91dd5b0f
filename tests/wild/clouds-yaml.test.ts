import { describe, expect, it } from 'vitest';
import type { CloudVariables } from '@/lib/openstack/cloud-variables';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';

/** Files and variables as people have them: what openstacksdk accepts works, what it refuses is refused with its place. */

const FILE = '/srv/clouds.yaml';
const load = (variables: CloudVariables, files: Record<string, string>): CloudSettings =>
  loadCloud(variables, { read: (file) => files[file], home: '/home/me', cwd: '/srv' });

/** A cloud named c with these keys, indented by four, of which `auth` is given by its own keys. */
const cloud = (keys: string, auth = 'auth_url: https://k.example/v3\nusername: u\npassword: s3cret\nproject_name: p') =>
  `clouds:\n  c:\n    auth:\n${indent(auth, 6)}\n${indent(keys, 4)}\n`;
const indent = (text: string, by: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
const of = (yaml: string, variables: CloudVariables = {}) => load({ OS_CLOUD: 'c', ...variables }, { [FILE]: yaml });

function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('keys of clouds.yaml', () => {
  it('may have dashes for underscores at every level', () => {
    const read = of(
      cloud(
        'region-name: north\ninterface: internal\ncompute-endpoint-override: https://n.example\nplacement_endpoint-type: admin',
        'auth-url: https://k.example/v3\nusername: u\npassword: s3cret\nproject-name: p\nuser-domain-name: Corp\nproject_domain-name: Corp',
      ),
    );
    expect(read).toMatchObject({
      region: 'north',
      interfaces: ['internal'],
      auth: { user: { domain: { name: 'Corp' } }, project: { name: 'p', domain: { name: 'Corp' } } },
      services: { compute: { endpoint: 'https://n.example' }, placement: { interfaces: ['admin'] } },
    });
  });

  it('may be given twice, also as clouds: the last one counts', () => {
    const twice = `${cloud('region_name: old\nregion_name: new')}  c:\n    auth: {auth_url: 'https://second.example', username: v, password: s3cret, project_id: p}\n    region_name: a\n    region_name: b\n`;
    expect(of(twice)).toMatchObject({ authUrl: 'https://second.example/v3', region: 'b' });
    expect(of(cloud('region_name: old\nregion_name: new')).region).toBe('new');
  });

  it('name a service by its own interface, name, type and region', () => {
    const keys =
      'infra_optim_interface: internalURL\ninfra_optim_service_name: balancer\ncompute_service_type: computev2\nresource_optimization_region_name: west';
    expect(of(cloud(keys)).services).toEqual({
      compute: { type: 'computev2' },
      'infra-optim': { interfaces: ['internal'], name: 'balancer' },
      'resource-optimization': { region: 'west' },
    });
  });

  it('may name other keys in an address, as profiles do', () => {
    const keys = 'region_name: north\nplacement_endpoint_override: https://{region_name}.p.example';
    const auth = 'auth_url: https://{region_name}.k.example\nusername: u\npassword: s3cret\nproject_name: p';
    expect(of(cloud(keys, auth))).toMatchObject({
      authUrl: 'https://north.k.example/v3',
      services: { placement: { endpoint: 'https://north.p.example' } },
    });
  });

  it('of domains and projects count beside `auth` before those inside it, all others inside it first', () => {
    const keys = 'username: beside\nproject_name: beside\nuser_domain_id: d';
    expect(of(cloud(keys)).auth).toMatchObject({
      user: { name: 'u', domain: { id: 'd' } },
      project: { name: 'beside' },
    });
  });

  it('may set a domain once, or a default for both', () => {
    const auth = 'auth_url: https://k.example\nusername: u\npassword: s3cret\nproject_name: p\n';
    expect(of(cloud('', `${auth}domain_name: Corp`)).auth).toMatchObject({ user: { domain: { name: 'Corp' } } });
    expect(of(cloud('', `${auth}default_domain_id: d`)).auth).toMatchObject({ project: { domain: { id: 'd' } } });
    expect(of(cloud('', `${auth}default_domain_name: D`)).auth).toMatchObject({ project: { domain: { name: 'D' } } });
  });

  it('are the same in a file with a byte order mark, carriage returns, anchors used often, and as JSON with tabs', () => {
    const plain = cloud('interface: internal\nverify: no');
    const expected = of(plain);
    expect(of(`\ufeff${plain.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    const many = Array.from({ length: 300 }, (_, i) => `  c${i}:\n    <<: *base\n`).join('');
    const anchored = `base: &base\n${indent(plain.split('\n').slice(2).join('\n'), 0)}clouds:\n${many}  c:\n    <<: [*base]\n`;
    expect(of(anchored)).toEqual(expected);
    const json = `{\n\t"clouds": {"c": {"interface": "internal", "verify": false,\n\t"auth": {"auth_url": "https://k.example/v3", "username": "u", "password": "s3cret", "project_name": "p"}}}}`;
    expect(load({ OS_CLOUD: 'c' }, { '/srv/clouds.json': json })).toEqual(expected);
  });

  it('keep numbers, dates and single letters as they are written', () => {
    for (const password of ['0123', '12e45', '1_000', '12:30:00', '2026-01-01', 'y', 'N', '1.10', '0x1F', '.5'])
      expect(
        of(cloud('', `auth_url: https://k.example\nusername: u\npassword: ${password}\nproject_id: p`)).auth,
      ).toMatchObject({
        password,
      });
  });
});

describe('regions of clouds.yaml', () => {
  const REGIONS = `clouds:
  c:
    auth:
      username: visio
      password: s3cret
      project_name: admin
    interface: public
    regions:
      - name: north
        values:
          auth:
            auth-url: https://keystone.north.example.net:5000/v3
      - name: south
        values:
          auth:
            auth_url: https://keystone.south.example.net:5000/v3
            project_name: other
          interface: internal
          compute-endpoint-override: https://nova.south.example.net/v2.1
`;

  it('lay their values over the cloud’s: the chosen one’s, else the first one’s', () => {
    expect(of(REGIONS)).toMatchObject({
      authUrl: 'https://keystone.north.example.net:5000/v3',
      region: 'north',
      interfaces: ['public'],
      services: {},
    });
    const south = {
      authUrl: 'https://keystone.south.example.net:5000/v3',
      region: 'south',
      interfaces: ['internal'],
      auth: { project: { name: 'other' } },
      services: { compute: { endpoint: 'https://nova.south.example.net/v2.1' } },
    };
    expect(of(REGIONS, { OS_REGION_NAME: 'south' })).toMatchObject(south);
    expect(of(`${REGIONS}    region_name: south\n`)).toMatchObject(south);
  });

  it('refuse a region that is not among them, and entries of another form', () => {
    expect(complaint(() => of(REGIONS, { OS_REGION_NAME: 'West' }))).toBe(
      `OS_REGION_NAME is none of the regions of the cloud c (${FILE}, line 2): north, south.`,
    );
    expect(complaint(() => of(REGIONS.replace('values:', 'value:')))).toContain(
      'entry 1 may only have a name and values',
    );
    expect(complaint(() => of(REGIONS.replace('- name: north', '- title: north')))).toContain('entry 1 has no name');
  });

  it('may be a list of names, or names separated by commas', () => {
    expect(of(cloud('regions: [a, b]')).region).toBe('a');
    expect(of(cloud('region_name: a,b')).region).toBe('a');
    expect(of(cloud('region_name: a,b'), { OS_REGION_NAME: 'b' }).region).toBe('b');
  });
});

describe('files of clouds', () => {
  it('may have a cloud in secure.yaml only', () => {
    expect(load({ OS_CLOUD: 'c' }, { '/etc/openstack/secure.yaml': cloud('region_name: r') }).region).toBe('r');
  });

  it('are searched for in the configured folder of settings, too', () => {
    const files = { '/cfg/openstack/clouds.yaml': cloud('region_name: r') };
    const read = (file: string) => new Map(Object.entries(files)).get(file);
    expect(loadCloud({ OS_CLOUD: 'c' }, { read, home: '/home/me', cwd: '/srv', configHome: '/cfg' }).region).toBe('r');
  });

  it('are not used for the cloud that the variables describe', () => {
    const variables = { OS_AUTH_URL: 'http://k', OS_USERNAME: 'u', OS_PASSWORD: 's3cret', OS_TENANT_NAME: 't' };
    const expected = { authUrl: 'http://k/v3', auth: { project: { name: 't' } } };
    expect(load({ OS_CLOUD: 'envvars', ...variables }, { [FILE]: cloud('') })).toMatchObject(expected);
    expect(load({ OS_CLOUD: 'mine', OS_CLOUD_NAME: 'mine', ...variables }, {})).toMatchObject(expected);
  });

  it('give way to OS_ENDPOINT_TYPE where OS_INTERFACE is not set', () => {
    expect(of(cloud('interface: public'), { OS_ENDPOINT_TYPE: 'internalURL' }).interfaces).toEqual(['internal']);
    const both = { OS_ENDPOINT_TYPE: 'internalURL', OS_INTERFACE: 'admin' };
    expect(of(cloud('interface: public'), both).interfaces).toEqual(['admin']);
  });
});

describe('what openstacksdk refuses', () => {
  const refused: [string, string, string][] = [
    [
      'a tab as indentation',
      'clouds:\n\tc: {}\n',
      `${FILE} is not valid YAML at line 2, column 1: tabs can’t indent it.`,
    ],
    ['a stray brace', `${cloud('')}    x: }\n`, `${FILE} is not valid YAML at line 9, column 8.`],
    [
      'a second document',
      `${cloud('')}---\na: s3cret\n`,
      `${FILE} is not valid YAML at line 9, column 1: a second document begins there.`,
    ],
    [
      'a password that begins with @',
      cloud('', 'password: @s3cret'),
      `${FILE} is not valid YAML at line 4, column 17: a value that begins with this character needs quotes.`,
    ],
    [
      'an unknown tag',
      cloud('', 'password: !vault s3cret'),
      `${FILE} has a tag at line 4, column 17 that OpenStack’s tools refuse too.`,
    ],
    [
      'an anchor that does not exist',
      cloud('x: *s3cret'),
      `${FILE} refers at line 8, column 8 to an anchor that does not exist.`,
    ],
    ['a list', '- s3cret\n', `${FILE} is not a mapping that begins with \`clouds:\`.`],
    [
      'a password of yes',
      cloud('', 'auth_url: https://k\nusername: u\npassword: yes\nproject_name: p'),
      `password in ${FILE}, line 6, must be text: put it in quotes.`,
    ],
    [
      'auth without indentation',
      'clouds:\n  c:\n    auth: s3cret\n',
      `auth in ${FILE}, line 3, must be a mapping: indent its keys below it.`,
    ],
    [
      'an unknown interface',
      cloud('interface: s3cret'),
      `interface in ${FILE}, line 8, must be public, internal or admin.`,
    ],
    [
      'an interface of a service',
      cloud('compute_interface: s3cret'),
      `compute_interface in ${FILE}, line 8, must be public, internal or admin.`,
    ],
    [
      'an address without a scheme',
      cloud('', 'auth_url: s3cret.example:5000'),
      `auth_url in ${FILE}, line 4, is not an http or https address.`,
    ],
    [
      'verify that is neither a yes nor a file',
      cloud('verify: s3cret'),
      `The file named by verify in ${FILE}, line 8, can't be read.`,
    ],
    [
      'a sign-in at another service',
      cloud('auth_type: v3oidcpassword'),
      `auth_type in ${FILE}, line 8, must be v3password, v3applicationcredential or v3token: the present one signs in at another service. An application credential works without.`,
    ],
  ];

  it.each(refused)('is refused with file, line and key, not with its text: %s', (_, yaml, message) => {
    const shown = complaint(() => of(yaml));
    expect(shown).toBe(message);
    expect(shown).not.toContain('s3cret');
  });
});
