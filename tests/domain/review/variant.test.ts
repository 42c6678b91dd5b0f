import { describe, expect, it } from 'vitest';
import { reviewPlan } from '@/lib/domain/review/review';
import { listIdleStays, noVariant, readVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';
import { host, largeScene, move, room, scene, vm } from './scene';

const variant = (more: Partial<Variant>): Variant => ({ ...noVariant(), ...more });
const inAddress = (changed: Variant) => new URLSearchParams(writeVariant(changed));

describe('a variant in an address', () => {
  const anyHost = { moves: 9, others: 4, isHost: () => true };

  it('writes numbers of moves as ranges', () => {
    const changed = variant({
      off: new Set([1, 2, 3, 4, 8]),
      to: new Map([[6, 'cmp-4']]),
      skip: new Set([3, 1]),
      cut: 5,
      empty: ['cmp-9'],
      stay: new Set(['y', 'x']),
    });
    expect(inAddress(changed).toString()).toBe('off=1-4.8&skip=1.3&k=5&to=6%7Ecmp-4&empty=cmp-9&stay=x.y');
    expect(readVariant(inAddress(changed), anyHost)).toEqual({ variant: changed, problems: [] });
    expect(writeVariant(noVariant())).toEqual([]);
  });

  it('survives the address with any host names', () => {
    const names = ['cmp.rack-1.example', 'a~b', '100%', 'größe', '*2E', 'a&b=c d', "'; rm -rf /"];
    for (const name of names) {
      const changed = variant({ off: new Set([2]), to: new Map([[1, name]]), empty: [name], stay: new Set([name]) });
      expect(readVariant(new URLSearchParams(inAddress(changed).toString()), anyHost).variant).toEqual(changed);
    }
  });

  /** A plan of three moves in a cloud with hosts a and b. */
  const read = (address: string) =>
    readVariant(new URLSearchParams(address), { moves: 3, others: 1, isHost: (name) => ['a', 'b'].includes(name) });

  it.each([
    ['off=garbage', '“garbage” is not a move or a range of moves, such as 3 or 1-4'],
    ['off=2-', '“2-” is not a move or a range of moves, such as 3 or 1-4'],
    ['off=3-1', '“3-1” is not a move or a range of moves, such as 3 or 1-4'],
    ['off=99999', 'there is no move 99999: this plan has moves 1 to 3'],
    ['off=1-4', 'there is no move 4: this plan has moves 1 to 3'],
    ['off=0', 'there is no move 0: this plan has moves 1 to 3'],
    ['skip=2', 'there is no other action 2: this plan has other actions 1 to 1'],
    ['skip=x', '“x” is not an other action or a range of other actions, such as 3 or 1-4'],
    ['k=4', '“4” is not a number of moves: this plan has 3'],
    ['k=-1', '“-1” is not a number of moves: this plan has 3'],
    ['to=zzz', '“zzz” is not a move and a host, such as 6~cmp-4'],
    ['to=x~a', '“x” is not a move or a range of moves, such as 3 or 1-4'],
    ['to=1-2~a', '“1-2” is not a single move'],
    ['to=9~a', 'there is no move 9: this plan has moves 1 to 3'],
    ['to=1~c', 'there is no host “c” (a dot in the name of a host is written as *2E, a tilde as *7E)'],
    ['empty=nowhere', 'there is no host “nowhere” (a dot in the name of a host is written as *2E, a tilde as *7E)'],
    ['stay=x', 'it names VMs that stay on hosts that are emptied, and no host is'],
    ['empty=', 'it is empty'],
  ])('refuses %s: %s', (address, text) => {
    expect(read(address)).toEqual({
      variant: noVariant(),
      problems: [{ parameter: address.slice(0, address.indexOf('=')), text }],
    });
  });

  it('keeps the parts that mean something', () => {
    const { variant: kept, problems } = read('off=x.2-3&to=1~b.1~&empty=nowhere.a&stay=id');
    expect(kept).toEqual(
      variant({ off: new Set([2, 3]), to: new Map([[1, 'b']]), empty: ['a'], stay: new Set(['id']) }),
    );
    expect(problems.map(({ parameter }) => parameter)).toEqual(['off', 'to', 'empty']);
  });

  it('names no move if the plan has none', () => {
    const none = readVariant(new URLSearchParams('off=1'), { moves: 0, others: 0, isHost: () => true });
    expect(none.problems[0]?.text).toBe('there is no move 1: this plan has none');
  });
});

describe('the what-if', () => {
  const three = scene({
    hosts: [host('a', 60, { vms: 2, running: 2 }), host('b', 40), host('c', 20, { vms: 0 })],
    vms: [vm('x', 'a'), vm('y', 'a')],
    steps: [move('x', 'a', 'b'), move('y', 'a', 'b', { wave: 2 })],
  });
  const cpuAfter = (changed?: Variant) =>
    Object.fromEntries(reviewPlan(three, changed).hosts.map(({ host: name, cpu_after }) => [name, cpu_after]));

  it('leaves out a move', () => {
    expect(cpuAfter()).toEqual({ a: 40, b: 60, c: 20 });
    const { moves, totals } = reviewPlan(three, variant({ off: new Set([2]) }));
    expect(cpuAfter(variant({ off: new Set([2]) }))).toEqual({ a: 50, b: 50, c: 20 });
    expect(moves.map(({ key }) => key)).toEqual(['1', '2']);
    expect(moves[1]).toMatchObject({ change: 'left-out', verdict: null, projected: false });
    expect(totals.moves_left).toBe(1);
  });

  it('sends a VM to another destination', () => {
    const changed = variant({ to: new Map([[1, 'c']]) });
    expect(cpuAfter(changed)).toEqual({ a: 40, b: 50, c: 30 });
    expect(reviewPlan(three, changed).moves[0]).toMatchObject({ change: 'other-destination', destination: 'c' });
  });

  it('checks a destination that does not exist', () => {
    const [nowhere] = reviewPlan(three, variant({ to: new Map([[1, 'nowhere']]) })).moves;
    expect(nowhere).toMatchObject({ verdict: 'would-fail', projected: false });
  });

  it('drains a host after the plan: each VM to the host that keeps the most room', () => {
    const all = variant({ off: new Set([1, 2]), empty: ['a'] });
    const { moves, totals } = reviewPlan(three, all);
    const added = moves.filter(({ change }) => change === 'added');
    expect(added.map(({ vm_id, destination, wave }) => [vm_id, destination, wave])).toEqual([
      ['x', 'c', 3],
      ['y', 'b', 3],
    ]);
    // vCPUs are allocated the most, 50 of 100 on each; x takes 4 to c, where less CPU is in use, and y to b.
    expect(cpuAfter(all)).toEqual({ a: 40, b: 50, c: 30 });
    expect(totals.emptied.hosts).toEqual(['a']);
  });

  it('keeps a VM on a drained host, as a move that is left out', () => {
    const all = variant({ off: new Set([1, 2]), empty: ['a'], stay: new Set(['x']) });
    const { moves, totals, counts } = reviewPlan(three, all);
    expect(moves.slice(2).map(({ key, action_id, change, verdict }) => [key, action_id, change, verdict])).toEqual([
      ['x', null, 'left-out', null],
      ['y', null, 'added', 'ok'],
    ]);
    expect(cpuAfter(all)).toEqual({ a: 50, b: 40, c: 30 });
    expect([totals.moves_left, counts.ok, totals.emptied.hosts]).toEqual([1, 1, []]);
    expect(listIdleStays(all, new Set(moves.map(({ key }) => key)))).toEqual([]);
    expect(listIdleStays({ ...all, stay: new Set(['z']) }, new Set(['x']))).toEqual([
      { parameter: 'stay', text: 'no VM “z” is on a host that is emptied' },
    ]);
  });

  it('spreads VMs whose use is unknown by what Placement allocates', () => {
    const names = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
    const down = scene({
      hosts: [host('a', null, { state: 'down', vms: 6 }), host('b', 40), host('c', 40), host('d', 40)],
      vms: names.map((id) => vm(id, 'a', { cores: null, cores_basis: 'unknown', ram_used: null })),
    });
    const { moves } = reviewPlan(down, variant({ empty: ['a'] }));
    expect(moves.map(({ destination }) => destination)).toEqual(['b', 'c', 'd', 'b', 'c', 'd']);
  });

  it('moves on the VMs that the plan sends to a drained host', () => {
    const { moves } = reviewPlan(three, variant({ empty: ['b'] }));
    expect(moves[0]).toMatchObject({ destination: 'b', verdict: 'warning' });
    expect(moves.filter(({ change }) => change === 'added').map(({ vm_id, source }) => [vm_id, source])).toEqual([
      ['x', 'b'],
      ['y', 'b'],
    ]);
  });

  it('reports why no host can take a VM', () => {
    const full = scene({
      hosts: [
        host('a', 60),
        host('b', 40, { inventories: { VCPU: room(2, 0), MEMORY_MB: room(102_400, 0) } }),
        host('c', 40, { inventories: { VCPU: room(100, 98), MEMORY_MB: room(102_400, 0) } }),
        host('d', 40, { status: 'disabled' }),
        host('e', 40),
      ],
      vms: [vm('x', 'a', { groups: ['apart'] }), vm('y', 'e', { groups: ['apart'] })],
      groups: [
        {
          id: 'apart',
          name: 'apart',
          policy: 'anti-affinity',
          max_per_host: 1,
          members: [
            { id: 'x', host: 'a' },
            { id: 'y', host: 'e' },
          ],
        },
      ],
    });
    const [added] = reviewPlan(full, variant({ empty: ['a'] })).moves;
    expect(added).toMatchObject({ verdict: 'would-fail', destination: null, change: 'added' });
    expect(added?.reasons.map(({ text }) => text)).toEqual([
      'No host can take it: 2 without room for it in Placement, 1 out of service or about to be drained, 1 against its server group.',
    ]);
  });
});

describe('the review of a large plan', () => {
  it('covers 1,000 hosts and 500 moves', () => {
    const { totals, counts, hosts } = reviewPlan(largeScene(1000, 500), variant({ off: new Set([4]) }));
    expect(totals.moves_left).toBe(499);
    expect(counts.ok + counts.warning).toBe(499);
    expect(hosts).toHaveLength(1000);
  });
});
