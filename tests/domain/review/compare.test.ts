import { describe, expect, it } from 'vitest';
import { compareMoves } from '@/lib/domain/review/compare';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { host, move, scene, vm } from './scene';

const base = {
  hosts: ['a', 'b', 'c'].map((name) => host(name, 40)),
  vms: ['x', 'y', 'z'].map((id) => vm(id, 'a')),
};

describe('comparing two plans', () => {
  it('lists the moves that both have and those that only one has', () => {
    const left = reviewPlan(scene({ ...base, steps: [move('x', 'a', 'b'), move('y', 'a', 'b')] }));
    const right = reviewPlan(scene({ ...base, steps: [move('x', 'a', 'b'), move('z', 'a', 'c')] }));
    const names = Object.fromEntries(
      Object.entries(compareMoves(left, right)).map(([kind, rows]) => [kind, rows.map(({ vm_id: id }) => id)]),
    );
    expect(names).toEqual({ common: ['x'], differing: [], only_left: ['y'], only_right: ['z'] });
  });

  it('compares where a VM ends up, however many moves that takes', () => {
    const chain = reviewPlan(scene({ ...base, steps: [move('x', 'a', 'b'), move('x', 'b', 'c', { wave: 2 })] }));
    const direct = reviewPlan(scene({ ...base, steps: [move('x', 'a', 'c')] }));
    expect(compareMoves(chain, direct).common).toMatchObject([{ vm_id: 'x', source: 'a', left: 'c', right: 'c' }]);
  });

  it('compares a plan with its variant', () => {
    const plan = scene({ ...base, steps: [move('x', 'a', 'b'), move('y', 'a', 'b')] });
    const variant = reviewPlan(plan, { ...noVariant(), off: new Set([1]), to: new Map([[2, 'c']]) });
    const { only_left, differing, common } = compareMoves(reviewPlan(plan), variant);
    expect(only_left.map(({ vm_id: id }) => id)).toEqual(['x']);
    expect(differing).toMatchObject([{ vm_id: 'y', left: 'b', right: 'c' }]);
    expect(common).toEqual([]);
  });
});
