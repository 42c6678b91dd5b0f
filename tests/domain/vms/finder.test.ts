import { describe, expect, it } from 'vitest';
import { NO_MOVES } from '@/lib/domain/cluster/vm-moves';
import { type FindFacts, find } from '@/lib/domain/vms/finder';
import { cluster, hypervisor, server, target } from '../build';

const VMS = ['web-091', 'my-web-09', 'web-09', 'web-1', 'web-2', 'web-3', 'web-4'].map((name, i) =>
  server(`id-${i}`, i === 2 ? 'hot-1' : 'cool-1', { name, projectId: 'p1', addresses: `10.0.0.${i}` }),
);

const FACTS: FindFacts = {
  cluster: cluster({
    hypervisors: [hypervisor('hot-1'), hypervisor('cool-1'), hypervisor('web-host')],
    servers: [...VMS, server('gone', null, { name: 'nowhere', status: 'SHUTOFF', projectId: 'p9' })],
    targets: [target('hot-1', { cpus: 10, used: 9.5 })],
    projects: { byId: new Map([['p1', { id: 'p1', name: 'shop', domain: 'Default' }]]), reason: '' },
  }),
  limits: { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } },
  marks: { tags: [], projects: [], flavors: [] },
  moves: { history: { as_of: 1, since: 0, reason: null }, byVm: new Map([['id-2', { ...NO_MOVES, in_7_days: 6 }]]) },
  planned: new Map([
    ['id-2', [{ auditId: 'a', auditName: 'n', planId: 'p', state: 'RECOMMENDED', destination: null, live: true }]],
  ]),
  cases: null,
};

const groupOf = (search: string, kind: string) => find(FACTS, search).groups.find((group) => group.kind === kind);

describe('the field that finds everything', () => {
  it('lists the exact name first, then beginnings, then parts', () => {
    expect(groupOf('web-09', 'vm')?.items.map(({ name }) => name)).toEqual(['web-09', 'web-091', 'my-web-09']);
  });

  it('says of a VM where it is, whose it is, and what moves it', () => {
    expect(groupOf('web-09', 'vm')?.items[0]?.text).toBe(
      'on hot-1, which is hot; project shop; 1 plan would move it; moved 6 times in 7 days',
    );
    expect(groupOf('nowhere', 'vm')?.items[0]?.text).toBe('on no host; SHUTOFF; project p9…');
  });

  it('lists four VMs and three of anything else, and counts all', () => {
    expect([groupOf('web', 'vm')?.items.length, groupOf('web', 'vm')?.total]).toEqual([4, 7]);
    expect(groupOf('web', 'host')?.items.map(({ name }) => name)).toEqual(['web-host']);
  });

  it('finds a VM by its address, before those whose address only begins like it', () => {
    expect(groupOf('10.0.0.3', 'vm')?.items.map(({ id }) => id)).toEqual(['id-3']);
  });

  it('lists a host before the VMs that are found since they are on it, and a VM before what is called alike', () => {
    const kinds = (search: string) => find(FACTS, search).groups.map(({ kind }) => kind);
    expect(kinds('cool-1')).toEqual(['host', 'vm']);
    expect(kinds('cool')).toEqual(['host', 'vm']);
    expect(kinds('web')).toEqual(['vm', 'host']);
  });

  it('finds projects that have VMs by name', () => {
    expect(groupOf('SHOP', 'project')?.items).toEqual([
      { kind: 'project', id: 'p1', audit_id: null, name: 'shop', text: 'domain Default, 7 VMs' },
    ]);
  });

  it('finds nothing, and says how much it searched', () => {
    expect(find(FACTS, 'web-9x')).toEqual({ groups: [], searched: { vms: 8, hosts: 3, plans: 0 } });
  });
});
