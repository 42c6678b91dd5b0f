import { describe, expect, it } from 'vitest';
import { NO_MOVES } from '@/lib/domain/cluster/vm-moves';
import { firstOf, pageIn } from '@/lib/domain/vms/first-of';
import { describeVm, pageOfVms, selectVms, type VmFacts, type VmSelection } from '@/lib/domain/vms/vm-list';
import type { Server } from '@/lib/openstack/records';
import { cluster, hypervisor, server, target } from '../build';

const PROJECTS = {
  byId: new Map([
    ['p1', { id: 'p1', name: 'shop', domain: 'Default' }],
    ['p2', { id: 'p2', name: 'vault', domain: 'Default' }],
    ['p3', { id: 'p3', name: 'shop', domain: 'customers' }],
  ]),
  reason: 'It is not listed.',
};

const SERVERS = [
  server('aa-1', 'hot-1', { name: 'web-2', projectId: 'p1', addresses: '10.0.0.5 203.0.113.7' }),
  server('bb-2', 'cool-1', { name: 'web-10', projectId: 'p2', tags: ['pinned'], addresses: '10.0.0.6' }),
  server('cc-3', null, { name: 'DB-1', projectId: 'p3', flavor: null }),
  server('dd-4', 'cool-1', { name: 'web-2', projectId: 'p9' }),
];

function facts(servers: Server[] = SERVERS): VmFacts {
  return {
    cluster: cluster({
      hypervisors: [hypervisor('hot-1'), hypervisor('cool-1')],
      servers,
      targets: [target('hot-1', { cpus: 10, used: 9.5 }), target('cool-1', { cpus: 10, used: 1 })],
      projects: PROJECTS,
    }),
    limits: { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } },
    marks: { tags: ['pinned'], projects: [], flavors: [] },
    moves: {
      history: { as_of: 1, since: 0, reason: null },
      byVm: new Map([['aa-1', { ...NO_MOVES, in_7_days: 5, too_often: 'It moves too often: 5 times in 7 days.' }]]),
    },
    planned: new Map([
      [
        'dd-4',
        [{ auditId: 'a', auditName: 'nightly', planId: 'p', state: 'RECOMMENDED', destination: 'hot-1', live: true }],
      ],
    ]),
  };
}

const ALL: VmSelection = { search: '', show: 'all', project: undefined, sort: 'name', order: 'asc' };
const idsOf = (selection: Partial<VmSelection>) =>
  selectVms(facts(), { ...ALL, ...selection }).found.map(({ id }) => id);
const sorted = (selection: Partial<VmSelection>, page = { offset: 0, limit: 10 }) =>
  pageOfVms(SERVERS, facts(), { ...ALL, ...selection, ...page }).map(({ id }) => id);

describe('a search for VMs', () => {
  it.each([
    ['a part of a name, in any case', 'db', ['cc-3']],
    ['a part of an id', 'bb-2', ['bb-2']],
    ['an address, floating ones too', '203.0.113.7', ['aa-1']],
    ['a part of an address', '10.0.0.', ['aa-1', 'bb-2']],
    ['a project by name', 'vault', ['bb-2']],
    ['a project by id', 'p3', ['cc-3']],
    ['a host', 'hot-1', ['aa-1']],
    ['a flavor', 'm1.medium', ['aa-1', 'bb-2', 'dd-4']],
    ['several words that must all match', 'web shop', ['aa-1']],
    ['nothing that anything is called', 'web-9x', []],
  ])('finds %s', (_, search, ids) => {
    expect(idsOf({ search })).toEqual(ids);
  });

  it('narrows to a project by id or name, and to what the filter shows', () => {
    expect(idsOf({ project: 'p1' })).toEqual(['aa-1']);
    expect(idsOf({ project: 'shop' })).toEqual(['aa-1', 'cc-3']);
    expect(idsOf({ show: 'on-hot-hosts' })).toEqual(['aa-1']);
    expect(idsOf({ show: 'in-plan' })).toEqual(['dd-4']);
    expect(idsOf({ show: 'must-not-move' })).toEqual(['bb-2']);
    expect(idsOf({ show: 'move-too-often' })).toEqual(['aa-1']);
  });

  it('counts what each filter would leave of the matches', () => {
    const { counts } = selectVms(facts(), { ...ALL, search: 'web', show: 'in-plan' });
    expect(counts).toEqual({ all: 3, on_hot_hosts: 1, in_plan: 1, move_too_often: 1, must_not_move: 1 });
  });
});

describe('the order of VMs', () => {
  it('is natural by name, and the same in every page where names are equal', () => {
    expect(sorted({})).toEqual(['cc-3', 'aa-1', 'dd-4', 'bb-2']);
    expect(sorted({ order: 'desc' })).toEqual(['bb-2', 'aa-1', 'dd-4', 'cc-3']);
    expect([...sorted({}, { offset: 0, limit: 2 }), ...sorted({}, { offset: 2, limit: 2 })]).toEqual(sorted({}));
  });

  it('has VMs without a value last, in both directions', () => {
    expect(sorted({ sort: 'host' }).at(-1)).toBe('cc-3');
    expect(sorted({ sort: 'vcpus', order: 'desc' }).at(-1)).toBe('cc-3');
  });

  it('is by the name of a project, not by its id, with unknown names last', () => {
    expect(sorted({ sort: 'project' })).toEqual(['aa-1', 'cc-3', 'bb-2', 'dd-4']);
    expect(sorted({ sort: 'project', order: 'desc' })).toEqual(['bb-2', 'cc-3', 'aa-1', 'dd-4']);
  });

  it('is that of a whole sort for every length of page', () => {
    const items = Array.from({ length: 1_000 }, (_, i) => (i * 7_919) % 1_009);
    const whole = items.toSorted((a, b) => a - b);
    for (const most of [0, 1, 2, 17, 124, 126, 1_000, 2_000])
      expect(firstOf(items, most, (a, b) => a - b)).toEqual(whole.slice(0, most));
  });

  it('has any page of a long list as if all of it had been sorted', () => {
    const byNumber = (a: number, b: number) => a - b;
    const mixed = Array.from({ length: 9_973 }, (_, i) => (i * 7_919) % 9_973);
    // Every place of the sample has a small one, so the sample says nothing about the rest.
    const misleading = mixed.toSorted(byNumber).sort((a, b) => (a % 9) - (b % 9));
    for (const items of [mixed, mixed.toSorted(byNumber), mixed.toSorted(byNumber).toReversed(), misleading]) {
      const whole = items.toSorted(byNumber);
      for (const offset of [0, 100, 1_247, 5_000, 9_800, 9_972, 9_973, 20_000])
        expect(pageIn(items, { offset, limit: 50 }, byNumber)).toEqual(whole.slice(offset, offset + 50));
      expect(pageIn(items, { offset: 0, limit: 20_000 }, byNumber)).toEqual(whole);
    }
  });
});

describe('VMs by how often they moved', () => {
  it('come with the most moves first, and in the order of their names where nobody knows', () => {
    const all = facts();
    const byVm = new Map([
      ['cc-3', { ...NO_MOVES, in_7_days: 6 }],
      ['bb-2', { ...NO_MOVES, in_7_days: 2 }],
    ]);
    const known = { ...all, moves: { history: { as_of: 1, since: 0, reason: null }, byVm } };
    const page = { sort: 'moves', order: 'desc', offset: 0, limit: 3 } as const;
    expect(pageOfVms(SERVERS, known, page).map(({ id }) => id)).toEqual(['cc-3', 'bb-2', 'aa-1']);
    const unknown = { ...all, moves: { history: { as_of: null, since: null, reason: 'No.' }, byVm: new Map() } };
    expect(pageOfVms(SERVERS, unknown, page).map(({ id }) => id)).toEqual(['cc-3', 'aa-1', 'dd-4']);
  });
});

describe('a VM in a list', () => {
  it('has its host with its load, its project by name, its plans and the grounds why it must not move', () => {
    const [, pinned, homeless, planned] = SERVERS.map((one) => describeVm(one, facts()));
    expect(pinned).toMatchObject({ host: 'cool-1', host_level: 'normal', project_name: 'vault', plans: [] });
    expect(pinned?.must_not_move.map(({ text }) => text)).toEqual(['tag pinned, set by its owner']);
    expect(homeless).toMatchObject({ host: null, host_level: null, addresses: [], flavor: null });
    expect(planned).toMatchObject({ project_name: null, project_reason: 'It is not listed.' });
    expect(planned?.plans).toEqual([
      {
        audit_id: 'a',
        audit_name: 'nightly',
        plan_id: 'p',
        plan_state: 'RECOMMENDED',
        destination: 'hot-1',
        live: true,
      },
    ]);
  });

  it('fits 250 times into 300 kB, even with long names and two plans each', () => {
    const long = server('0'.repeat(36), 'cool-1', {
      name: 'x'.repeat(120),
      projectId: 'p1',
      addresses: '10.0.0.5 203.0.113.7',
    });
    const move = {
      auditId: '0'.repeat(36),
      auditName: 'stabilize-production',
      planId: '1'.repeat(36),
      state: 'RECOMMENDED',
      destination: 'cmp-r01-10',
      live: true,
    };
    const vm = describeVm(long, { ...facts([long]), planned: new Map([[long.id, [move, move]]]) });
    expect(250 * JSON.stringify(vm).length).toBeLessThan(300_000);
  });
});
