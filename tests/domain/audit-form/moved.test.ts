import { describe, expect, it } from 'vitest';
import type { Happened } from '@/lib/contract/v1/happened';
import { countMoved } from '@/lib/domain/audit-form/moved';
import type { Action } from '@/lib/openstack/records';
import { actionRow, planRow } from '../records';

/** What audits have moved that start their plans. */

const move = (vm: string, [from, to]: [string, string], more: Partial<Action> = {}): Action =>
  actionRow(`${vm} ${from} ${to}`, {
    state: 'SUCCEEDED',
    parameters: { migration_type: 'live', resource_id: vm, source_node: from, destination_node: to },
    ...more,
  });
const run = (...actions: Action[]) => ({ plan: planRow({ state: 'SUCCEEDED' }), actions, happened: new Map() });
const same = (name: string) => name;

describe('what started plans have moved', () => {
  it('counts each VM once, and those that went back where they had been', () => {
    const runs = [
      run(move('vm-1', ['a', 'b']), move('vm-2', ['a', 'c'])),
      run(move('vm-1', ['b', 'c'])),
      run(move('vm-1', ['c', 'a']), move('vm-3', ['a', 'b'])),
    ];
    expect(countMoved(runs, same)).toEqual({ vms: 3, back: 1 });
  });

  it('leaves out moves that did not happen', () => {
    const runs = [run(move('vm-1', ['a', 'b'], { state: 'FAILED' }), move('vm-2', ['a', 'b'], { state: 'SKIPPED' }))];
    expect(countMoved(runs, same)).toEqual({ vms: 0, back: 0 });
  });

  it('believes Nova about where a VM went', () => {
    const back = move('vm-1', ['b', 'c']);
    // Only its result and destination matter here.
    const went = { result: 'moved', destination: 'a.example' } as Happened;
    const runs = [run(move('vm-1', ['a', 'b'])), { ...run(back), happened: new Map([[back.id, went]]) }];
    expect(countMoved(runs, (name) => name.split('.')[0] ?? name)).toEqual({ vms: 1, back: 1 });
  });
});
