import { describe, expect, it } from 'vitest';
import { coverOf, readScope, type ScopeHost, scopeDocument } from '@/lib/domain/audit-form/scope';

const host = (name: string, [zone, ...aggregates]: [string, ...string[]], vms: string[]): ScopeHost => ({
  name,
  isOpen: true,
  zone,
  aggregates,
  servers: vms.map((vm) => ({ id: `id-${vm}`, name: vm, projectId: vm.startsWith('v') ? 'vault' : 'shop' })),
});

/** Two hosts in az-a, one of them with SSDs, and one in az-b with SSDs. */
const HOSTS = [
  host('a1', ['az-a', 'ssd'], ['web', 'vault-1']),
  host('a2', ['az-a'], ['db']),
  host('b1', ['az-b', 'ssd'], ['cache', 'vault-2', 'log']),
];
const names = (scope: Parameters<typeof coverOf>[1]) => coverOf(HOSTS, scope).hosts.map(({ name }) => name);

describe('a scope', () => {
  it('covers the whole region if nothing is named', () => {
    expect(coverOf(HOSTS, {})).toMatchObject({ vms: 6, staying: 0, problems: [] });
  });

  it('adds up zones and aggregates', () => {
    expect(names({ zones: ['az-a'] })).toEqual(['a1', 'a2']);
    expect(names({ aggregates: ['ssd'] })).toEqual(['a1', 'b1']);
    expect(names({ zones: ['az-a'], aggregates: ['ssd'] })).toEqual(['a1', 'a2', 'b1']);
  });

  it('leaves out hosts with their VMs, and keeps VMs that stay in the sums', () => {
    const { hosts, vms, staying } = coverOf(HOSTS, { without_hosts: ['a2'], without_projects: ['vault'] });
    expect([hosts.length, vms, staying]).toEqual([2, 5, 2]);
    expect(coverOf(HOSTS, { without_vms: ['log', 'id-web'] }).staying).toBe(2);
  });

  it.each([
    [{ zones: ['az-c'] }, 'scope.zones', 'az-c'],
    [{ without_hosts: ['a9'] }, 'scope.without_hosts', 'a9'],
    [{ without_vms: ['nothing'] }, 'scope.without_vms', 'No VM'],
    [{ aggregates: ['ssd'], without_aggregates: ['ssd'] }, 'scope.without_aggregates', 'Watcher refuses'],
    [{ zones: ['az-b'], without_hosts: ['b1'] }, 'scope', 'covers no host'],
  ])('is refused if a name is unknown or nothing is left: %j', (scope, field, words) => {
    expect(coverOf(HOSTS, scope).problems).toEqual([{ field, text: expect.stringContaining(words) }]);
  });

  it('is sent as Watcher’s templates take it, and read back', () => {
    const scope = { zones: ['az-a'], without_hosts: ['a2'], without_projects: ['vault'], without_vms: ['log'] };
    const document = scopeDocument(scope, HOSTS);
    expect(document).toEqual([
      {
        compute: [
          { availability_zones: [{ name: 'az-a' }] },
          {
            exclude: [
              { compute_nodes: [{ name: 'a2' }] },
              { projects: [{ uuid: 'vault' }] },
              { instances: [{ uuid: 'id-log' }] },
            ],
          },
        ],
      },
    ]);
    expect(readScope(document)).toEqual({ ...scope, without_vms: ['id-log'] });
    expect(scopeDocument({ zones: [] }, HOSTS)).toEqual([]);
  });

  it('can’t be taken over where it has what the form does not say', () => {
    expect(readScope([{ compute: [{ exclude: [{ instance_metadata: [{ keep: 'yes' }] }] }] }])).toBeNull();
    expect(readScope([{ compute: [{ host_aggregates: [{ id: 7 }] }] }])).toBeNull();
  });
});
