import { describe, expect, it } from 'vitest';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant, readVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';
import { host, largeScene, move, room, scene, vm } from './scene';

const variant = (more: Partial<Variant>): Variant => ({ ...noVariant(), ...more });
const inAddress = (changed: Variant) => new URLSearchParams(writeVariant(changed));

describe('a variant in an address', () => {
  it('writes positions as ranges', () => {
    const changed = variant({ off: new Set([0, 1, 2, 3, 7]), to: new Map([[5, 'cmp-4']]), empty: ['cmp-9'] });
    expect(inAddress(changed).toString()).toBe('off=0-3.7&to=5%7Ecmp-4&empty=cmp-9');
    expect(writeVariant(noVariant())).toEqual([]);
  });

  it('survives the address with any host names', () => {
    const names = ['cmp.rack-1.example', 'a~b', '100%', 'größe', '*2E', 'a&b=c d', "'; rm -rf /"];
    for (const name of names) {
      const changed = variant({ off: new Set([1]), to: new Map([[0, name]]), empty: [name] });
      expect(readVariant(new URLSearchParams(inAddress(changed).toString()), 2)).toEqual(changed);
    }
  });

  it('ignores invalid parts and positions that the plan does not have', () => {
    const read = (address: string) => readVariant(new URLSearchParams(address), 3);
    expect(read('off=x.1.-2.9.2-99999999999&to=abc.9~b.1~.~b')).toEqual(variant({ off: new Set([1]) }));
    expect(read('off=1-999999')).toEqual(variant({ off: new Set([1, 2]) }));
  });
});

describe('the what-if', () => {
  const three = scene({
    hosts: [host('a', 60, { vms: 2 }), host('b', 40), host('c', 20, { vms: 0 })],
    vms: [vm('x', 'a'), vm('y', 'a')],
    steps: [move('x', 'a', 'b'), move('y', 'a', 'b', { wave: 1 })],
  });
  const cpuAfter = (changed?: Variant) =>
    Object.fromEntries(reviewPlan(three, changed).hosts.map(({ host: name, cpu_after }) => [name, cpu_after]));

  it('leaves out a move', () => {
    expect(cpuAfter()).toEqual({ a: 40, b: 60, c: 20 });
    const { moves, totals } = reviewPlan(three, variant({ off: new Set([1]) }));
    expect(cpuAfter(variant({ off: new Set([1]) }))).toEqual({ a: 50, b: 50, c: 20 });
    expect(moves[1]).toMatchObject({ change: 'left-out', verdict: null, projected: false });
    expect(totals.moves_left).toBe(1);
  });

  it('sends a VM to another destination', () => {
    const changed = variant({ to: new Map([[0, 'c']]) });
    expect(cpuAfter(changed)).toEqual({ a: 40, b: 50, c: 30 });
    expect(reviewPlan(three, changed).moves[0]).toMatchObject({ change: 'other-destination', destination: 'c' });
  });

  it('checks a destination that does not exist', () => {
    const [nowhere] = reviewPlan(three, variant({ to: new Map([[0, 'nowhere']]) })).moves;
    expect(nowhere).toMatchObject({ verdict: 'would-fail', projected: false });
  });

  it('drains a host after the plan: each VM to the host with the least load that takes it', () => {
    const { moves, totals } = reviewPlan(three, variant({ off: new Set([0, 1]), empty: ['a'] }));
    const added = moves.filter(({ change }) => change === 'added');
    expect(added.map(({ vm_id, destination, wave }) => [vm_id, destination, wave])).toEqual([
      ['x', 'c', 2],
      ['y', 'c', 2],
    ]);
    // c goes from 20 to 30 to 40, which is not more than b has.
    expect(cpuAfter(variant({ off: new Set([0, 1]), empty: ['a'] }))).toEqual({ a: 40, b: 40, c: 40 });
    expect(totals.emptied.hosts).toEqual(['a']);
  });

  it('moves on the VMs that the plan sends to a drained host', () => {
    const { moves } = reviewPlan(three, variant({ empty: ['b'] }));
    expect(moves[0]).toMatchObject({ destination: 'b', verdict: 'warning' });
    expect(moves.filter(({ change }) => change === 'added').map(({ vm_id, source }) => [vm_id, source])).toEqual([
      ['x', 'b'],
      ['y', 'b'],
    ]);
  });

  it('reports that no host can take a VM', () => {
    const full = scene({
      hosts: [host('a', 60), host('b', 40, { inventories: { VCPU: room(2, 0), MEMORY_MB: room(102_400, 0) } })],
      vms: [vm('x', 'a')],
    });
    const [added] = reviewPlan(full, variant({ empty: ['a'] })).moves;
    expect(added).toMatchObject({ verdict: 'would-fail', destination: null, change: 'added' });
  });
});

describe('the review of a large plan', () => {
  it('covers 1,000 hosts and 500 moves', () => {
    const { totals, counts, hosts } = reviewPlan(largeScene(1000, 500), variant({ off: new Set([3]) }));
    expect(totals.moves_left).toBe(499);
    expect(counts.ok + counts.warning).toBe(499);
    expect(hosts).toHaveLength(1000);
  });
});
