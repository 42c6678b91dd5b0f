// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MoveRow } from '@/components/review/move-row';
import { orderMoves } from '@/components/review/ordered-moves';
import type { Happened } from '@/lib/contract/v1/happened';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { host, move, scene, vm } from '../domain/review/scene';
import { trimOf } from '../domain/review/trim-of';

afterEach(cleanup);

const said = (result: Happened['result'], differs: boolean, text: string): Happened => ({
  result,
  evidence: 'migration',
  started_at: null,
  ended_at: null,
  destination: null,
  migration_id: null,
  differs,
  text,
});

/** The row of a move in the review of its plan. */
function row(state: string, happened: Happened) {
  const plan = scene({
    hosts: [host('a', 60), host('b', 40)],
    vms: [vm('x', 'b')],
    steps: [move('x', 'a', 'b', { state, happened })],
  });
  const given = { scene: plan, trim: trimOf(plan) };
  const [first] = orderMoves(reviewPlan(plan).moves, given);
  if (!first) throw new Error('There is one.');
  const { container } = render(
    <table>
      <tbody>
        <MoveRow
          row={first}
          given={given}
          hosts={['a', 'b']}
          variant={noVariant()}
          onChange={() => {}}
          onAnyway={() => {}}
          permission={undefined}
        />
      </tbody>
    </table>,
  );
  return container;
}

describe('a move in the review', () => {
  it('is done where Nova finished it, with both words', () => {
    const text = 'Watcher says ONGOING; Nova finished it at 2026-11-22 14:33 UTC.';
    const shown = row('ONGOING', said('moved', true, text)).textContent;
    expect(shown).toContain('Done');
    expect(shown).toContain(text);
    expect(shown).not.toContain('Running');
  });

  it('can’t be left out if its plan is over and it was never started', () => {
    const container = row('PENDING', said('never-started', false, 'It was never started.'));
    expect(container.querySelector('input')).toBeNull();
  });
});
