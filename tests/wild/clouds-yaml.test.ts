import { describe, expect, it } from 'vitest';
import { loadCloud } from '@/lib/openstack/clouds';
import { cloudYaml, complaint, FILE, indent, load, settingsOf } from './clouds-yaml';

/** Files and variables as people have them: what openstacksdk accepts works. */

describe('keys of clouds.yaml', () => {
  it('may have dashes for underscores at every level', () => {
    const read = settingsOf(
      cloudYaml(
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
    const twice = `${cloudYaml('region_name: old\nregion_name: new')}  c:\n    auth: {auth_url: 'https://second.example', username: v, password: s3cret, project_id: p}\n    region_name: a\n    region_name: b\n`;
    expect(settingsOf(twice)).toMatchObject({ authUrl: 'https://second.example/v3', region: 'b' });
    expect(settingsOf(cloudYaml('region_name: old\nregion_name: new')).region).toBe('new');
  });

  it('name a service by its own interface, name, type and region', () => {
    const keys =
      'infra_optim_interface: internalURL\ninfra_optim_service_name: balancer\ncompute_service_type: computev2\nresource_optimization_region_name: west';
    expect(settingsOf(cloudYaml(keys)).services).toEqual({
      compute: { type: 'computev2' },
      'infra-optim': { interfaces: ['internal'], name: 'balancer' },
      'resource-optimization': { region: 'west' },
    });
  });

  it('may name other keys in an address, as profiles do', () => {
    const keys = 'region_name: north\nplacement_endpoint_override: https://{region_name}.p.example';
    const auth = 'auth_url: https://{region_name}.k.example\nusername: u\npassword: s3cret\nproject_name: p';
    expect(settingsOf(cloudYaml(keys, auth))).toMatchObject({
      authUrl: 'https://north.k.example/v3',
      services: { placement: { endpoint: 'https://north.p.example' } },
    });
  });

  it('of domains and projects count beside `auth` before those inside it, all others inside it first', () => {
    const keys = 'username: beside\nproject_name: beside\nuser_domain_id: d';
    expect(settingsOf(cloudYaml(keys)).auth).toMatchObject({
      user: { name: 'u', domain: { id: 'd' } },
      project: { name: 'beside' },
    });
  });

  it('may set a domain once, or a default for both', () => {
    const auth = 'auth_url: https://k.example\nusername: u\npassword: s3cret\nproject_name: p\n';
    expect(settingsOf(cloudYaml('', `${auth}domain_name: Corp`)).auth).toMatchObject({
      user: { domain: { name: 'Corp' } },
    });
    expect(settingsOf(cloudYaml('', `${auth}default_domain_id: d`)).auth).toMatchObject({
      project: { domain: { id: 'd' } },
    });
    expect(settingsOf(cloudYaml('', `${auth}default_domain_name: D`)).auth).toMatchObject({
      project: { domain: { name: 'D' } },
    });
  });

  it('are the same in a file with a byte order mark, carriage returns, anchors used often, and as JSON with tabs', () => {
    const plain = cloudYaml('interface: internal\nverify: no');
    const expected = settingsOf(plain);
    expect(settingsOf(`\ufeff${plain.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    const many = Array.from({ length: 300 }, (_, i) => `  c${i}:\n    <<: *base\n`).join('');
    const anchored = `base: &base\n${indent(plain.split('\n').slice(2).join('\n'), 0)}clouds:\n${many}  c:\n    <<: [*base]\n`;
    expect(settingsOf(anchored)).toEqual(expected);
    const json = `{\n\t"clouds": {"c": {"interface": "internal", "verify": false,\n\t"auth": {"auth_url": "https://k.example/v3", "username": "u", "password": "s3cret", "project_name": "p"}}}}`;
    expect(load({ OS_CLOUD: 'c' }, { '/srv/clouds.json': json })).toEqual(expected);
  });

  it('keep numbers, dates and single letters as they are written', () => {
    for (const password of ['0123', '12e45', '1_000', '12:30:00', '2026-01-01', 'y', 'N', '1.10', '0x1F', '.5'])
      expect(
        settingsOf(cloudYaml('', `auth_url: https://k.example\nusername: u\npassword: ${password}\nproject_id: p`))
          .auth,
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
    expect(settingsOf(REGIONS)).toMatchObject({
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
    expect(settingsOf(REGIONS, { OS_REGION_NAME: 'south' })).toMatchObject(south);
    expect(settingsOf(`${REGIONS}    region_name: south\n`)).toMatchObject(south);
  });

  it('refuse a region that is not among them, and entries of another form', () => {
    expect(complaint(() => settingsOf(REGIONS, { OS_REGION_NAME: 'West' }))).toBe(
      `OS_REGION_NAME is none of the regions of the cloud c (${FILE}, line 2): north, south.`,
    );
    expect(complaint(() => settingsOf(REGIONS.replace('values:', 'value:')))).toContain(
      'entry 1 may only have a name and values',
    );
    expect(complaint(() => settingsOf(REGIONS.replace('- name: north', '- title: north')))).toContain(
      'entry 1 has no name',
    );
  });

  it('may be a list of names, or names separated by commas', () => {
    expect(settingsOf(cloudYaml('regions: [a, b]')).region).toBe('a');
    expect(settingsOf(cloudYaml('region_name: a,b')).region).toBe('a');
    expect(settingsOf(cloudYaml('region_name: a,b'), { OS_REGION_NAME: 'b' }).region).toBe('b');
  });
});

describe('files of clouds', () => {
  it('may have a cloud in secure.yaml only', () => {
    expect(load({ OS_CLOUD: 'c' }, { '/etc/openstack/secure.yaml': cloudYaml('region_name: r') }).region).toBe('r');
  });

  it('are searched for in the configured folder of settings, too', () => {
    const files = { '/cfg/openstack/clouds.yaml': cloudYaml('region_name: r') };
    const read = (file: string) => new Map(Object.entries(files)).get(file);
    expect(loadCloud({ OS_CLOUD: 'c' }, { read, home: '/home/me', cwd: '/srv', configHome: '/cfg' }).region).toBe('r');
  });

  it('are not used for the cloud that the variables describe', () => {
    const variables = { OS_AUTH_URL: 'http://k', OS_USERNAME: 'u', OS_PASSWORD: 's3cret', OS_TENANT_NAME: 't' };
    const expected = { authUrl: 'http://k/v3', auth: { project: { name: 't' } } };
    expect(load({ OS_CLOUD: 'envvars', ...variables }, { [FILE]: cloudYaml('') })).toMatchObject(expected);
    expect(load({ OS_CLOUD: 'mine', OS_CLOUD_NAME: 'mine', ...variables }, {})).toMatchObject(expected);
  });

  it('give way to OS_ENDPOINT_TYPE where OS_INTERFACE is not set', () => {
    expect(settingsOf(cloudYaml('interface: public'), { OS_ENDPOINT_TYPE: 'internalURL' }).interfaces).toEqual([
      'internal',
    ]);
    const both = { OS_ENDPOINT_TYPE: 'internalURL', OS_INTERFACE: 'admin' };
    expect(settingsOf(cloudYaml('interface: public'), both).interfaces).toEqual(['admin']);
  });
});
