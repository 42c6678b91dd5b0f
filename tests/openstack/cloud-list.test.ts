import { describe, expect, it } from 'vitest';
import type { CloudVariables } from '@/lib/openstack/cloud-variables';
import { listCloudRegions } from '@/lib/openstack/clouds';

describe('the regions that the settings name', () => {
  const list = (variables: CloudVariables, clouds?: string) =>
    listCloudRegions(variables, {
      read: (file) => (file === '/etc/openstack/clouds.yaml' ? clouds : undefined),
      home: '/home/me',
      cwd: '/srv',
    }).map(({ cloud, region }) => `${cloud} ${region ?? '-'}`);
  const account = 'auth: { auth_url: https://keystone.example, username: a, password: b, project_name: c }';
  const several = `clouds:
  one: { region_name: RegionOne, ${account} }
  two: { region_name: 'RegionOne, RegionTwo', ${account} }
  three: { regions: [north, { name: south, values: { interface: admin } }], ${account} }
  four: { ${account} }
`;

  it.each([
    ['one cloud, as before', { OS_CLOUD: 'one' }, ['one RegionOne']],
    ['names in region_name', { OS_CLOUD: 'two' }, ['two RegionOne', 'two RegionTwo']],
    ['a list of regions', { OS_CLOUD: 'three' }, ['three north', 'three south']],
    ['none, which only the catalog names', { OS_CLOUD: 'four' }, ['four -']],
    [
      'several clouds in their order',
      { OS_CLOUD: 'four,one, two' },
      ['four -', 'one RegionOne', 'two RegionOne', 'two RegionTwo'],
    ],
    ['a cloud that is named twice, once', { OS_CLOUD: 'one,one' }, ['one RegionOne']],
    [
      'those of OS_REGION_NAME, which wins',
      { OS_CLOUD: 'two', OS_REGION_NAME: 'RegionTwo,RegionSix' },
      ['two RegionTwo', 'two RegionSix'],
    ],
    [
      'those of the variables without a file',
      { OS_AUTH_URL: 'https://k', OS_REGION_NAME: 'a,b' },
      ['envvars a', 'envvars b'],
    ],
    ['the variables alone', { OS_AUTH_URL: 'https://k' }, ['envvars -']],
  ])('are %s', (_, variables, expected) => {
    expect(list(variables, several)).toEqual(expected);
  });

  it('are wrong if one of the clouds is not in the file', () => {
    expect(() => list({ OS_CLOUD: 'one,nine' }, several)).toThrow('has no cloud named nine');
  });
});
