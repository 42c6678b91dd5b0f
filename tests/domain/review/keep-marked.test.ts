import { describe, expect, it } from 'vitest';
import type { Ground } from '@/lib/contract/v1/must-not-move';
import { nameAnyway } from '@/lib/domain/review/keep-marked';
import { reviewPlan } from '@/lib/domain/review/review';
import { trimPlan } from '@/lib/domain/review/trim';
import { noVariant, readVariant, type Variant, writeVariant } from '@/lib/domain/review/variant';
import { disable, host, move, scene, vm } from './scene';

const MARK: Ground[] = [{ source: 'here', mark: 'must-not-move', text: 'marked by admin: licence' }];

/** Of three VMs that move from a to b, y must not. */
const three = scene({
  hosts: [host('a', 80), host('b', 20)],
  vms: [vm('x', 'a'), vm('y', 'a', { must_not_move: MARK }), vm('z', 'a')],
  steps: ['x', 'y', 'z'].map((id) => move(id, 'a', 'b')),
});
const review = (more: Partial<Variant> = {}) => reviewPlan(three, { ...noVariant(), ...more });
const runs = ({ moves }: ReturnType<typeof review>) =>
  moves.flatMap(({ vm_id: id, verdict }) => (verdict === null ? [] : [id]));

describe('a plan that moves a VM which must not move', () => {
  it('is reviewed without that move, which says why', () => {
    const result = review();
    expect(runs(result)).toEqual(['x', 'z']);
    expect(result.left_out).toEqual(['y:a']);
    expect(result.moves[1]).toMatchObject({ change: 'left-out', must_not_move: MARK });
    expect(result.moves[0]).not.toHaveProperty('must_not_move');
  });

  it('runs it with a warning once somebody names it, and only then', () => {
    expect(runs(review({ anyway: new Set([1]) }))).toEqual(['x', 'z']);
    const named = review({ anyway: new Set([2]) });
    expect(runs(named)).toEqual(['x', 'y', 'z']);
    expect(named.moves[1]).toMatchObject({ verdict: 'warning', change: 'none' });
    expect(named.left_out).toEqual([]);
  });

  it('leaves out a named one that is unticked, too', () => {
    expect(runs(review({ anyway: new Set([2]), off: new Set([2, 3]) }))).toEqual(['x']);
  });

  it('has no place for it in the order of worth until it is named', () => {
    const aim = { by: 'spread' as const, weights: { cpu: 1, ram: 0 } };
    const orderOf = (variant: Variant) =>
      trimPlan(three, variant, { aim, whole: reviewPlan(three, variant) }).moves.map(({ vm_id: id }) => id);
    expect(orderOf(noVariant()).sort()).toEqual(['x', 'z']);
    expect(orderOf({ ...noVariant(), anyway: new Set([2]) }).sort()).toEqual(['x', 'y', 'z']);
  });

  it('names all moves of the VM, and no longer, in the address', () => {
    const named = nameAnyway(three, { ...noVariant(), off: new Set([2]) }, { vmId: 'y', run: true });
    expect(writeVariant(named)).toEqual([['anyway', '2']]);
    const scope = { moves: 3, others: 0, isHost: () => true };
    expect(readVariant(new URLSearchParams('anyway=2'), scope).variant.anyway).toEqual(new Set([2]));
    expect(writeVariant(nameAnyway(three, named, { vmId: 'y', run: false }))).toEqual([]);
  });

  it('leaves its host open where a consolidation would close it', () => {
    const closing = { ...three, steps: [disable('a'), ...three.steps] };
    expect(reviewPlan({ ...closing, whole_hosts: true }).left_out).toEqual(['off', 'y:a']);
    // Somebody asked for maintenance of the host.
    expect(reviewPlan(closing).left_out).toEqual(['y:a']);
    const named = { ...noVariant(), anyway: new Set([2]) };
    expect(reviewPlan({ ...closing, whole_hosts: true }, named).left_out).toEqual([]);
  });

  it('keeps it on a host that a variant empties', () => {
    const { moves } = reviewPlan({ ...three, steps: [] }, { ...noVariant(), empty: ['a'] });
    const stays = moves.filter(({ change }) => change === 'left-out').map(({ vm_id: id }) => id);
    expect([stays, moves.length]).toEqual([['y'], 3]);
  });
});
