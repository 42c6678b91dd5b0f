// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MoveRow } from '@/components/review/move-row';
import { orderMoves } from '@/components/review/ordered-moves';
import { tick } from '@/components/review/ticks';
import type { Ground } from '@/lib/contract/v1/must-not-move';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant, type Variant } from '@/lib/domain/review/variant';
import { host, move, scene, vm } from '../domain/review/scene';
import { trimOf } from '../domain/review/trim-of';

const MARK: Ground[] = [{ source: 'here', mark: 'must-not-move', text: 'marked by admin: licence' }];
const plan = scene({
  hosts: [host('a', 60), host('b', 40)],
  vms: [vm('x', 'a', { must_not_move: MARK }), vm('y', 'a')],
  steps: [move('x', 'a', 'b'), move('y', 'a', 'b')],
});

/** The row of the marked VM's move. */
function show(variant: Variant) {
  const given = { scene: plan, trim: trimOf(plan) };
  const row = orderMoves(reviewPlan(plan, variant).moves, given).find(({ move: { vm_id: id } }) => id === 'x');
  if (!row) throw new Error('There is one.');
  const [onChange, onAnyway] = [vi.fn<(next: Variant) => void>(), vi.fn()];
  render(
    <table>
      <tbody>
        <MoveRow
          row={row}
          given={given}
          hosts={['a', 'b']}
          variant={variant}
          onChange={onChange}
          onAnyway={onAnyway}
          permission={undefined}
        />
      </tbody>
    </table>,
  );
  return { onChange, onAnyway, box: screen.getByRole<HTMLInputElement>('checkbox') };
}

describe('the move of a VM that must not move', () => {
  afterEach(cleanup);

  it('starts unticked with the source of the mark, and asks before it is ticked', () => {
    const { box, onChange, onAnyway } = show(noVariant());
    expect(box.checked).toBe(false);
    expect(screen.getByText('Marked by admin: licence.')).toBeTruthy();
    fireEvent.click(box);
    expect(onAnyway).toHaveBeenCalledTimes(1);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('is unticked without a question', () => {
    const { box, onChange, onAnyway } = show({ ...noVariant(), anyway: new Set([1]) });
    expect(box.checked).toBe(true);
    fireEvent.click(box);
    expect(onAnyway).not.toHaveBeenCalled();
    expect(onChange.mock.calls[0]?.[0].anyway).toEqual(new Set());
  });

  it('is not taken in when all moves are ticked at once', () => {
    const given = { scene: plan, trim: trimOf(plan) };
    const none = { ...noVariant(), off: new Set([2]) };
    const { moves } = reviewPlan(plan, none);
    const all = tick(given, none, { moves, run: true });
    expect([all.anyway.size, all.off.size]).toEqual([0, 0]);
  });
});
