import { describe, expect, it } from 'vitest';
import type { CarefulRun } from '@/lib/domain/careful/careful-run';
import { note } from '@/lib/domain/careful/record';
import { withoutMoving } from '@/lib/domain/drain/on-the-way';
import type { DrainProof, DrainVm } from '@/lib/domain/drain/proof';
import { running, started } from '../careful/runs';

const vm = (id: string, more: Partial<DrainVm> = {}): DrainVm => ({
  id,
  name: id,
  projectId: 'shop',
  flavor: null,
  kind: 'blocks',
  isUnplaced: false,
  text: 'Nova is busy with it (migrating).',
  who: 'nobody',
  move: null,
  places: null,
  ...more,
});
/** The first VM is what the run moves now; the others block. */
const proof: DrainProof = { host: 'hot-1', vms: [vm('vm-1'), vm('vm-9')], hosts: [] };
const kinds = (run: CarefulRun | null) => withoutMoving(proof, run).vms.map(({ id, kind }) => [id, kind]);

describe('a host that a careful run drains', () => {
  it('is not blocked by what that run moves now', () => {
    const moving = withoutMoving(proof, running(started(2)));
    expect(moving.vms).toEqual([
      vm('vm-9'),
      vm('vm-1', { kind: 'live', text: 'It is on its way to cool-1.', who: null }),
    ]);
  });

  it('is blocked by what has no place, by what others move, and by what the run has ended with', () => {
    const unplaced = { ...proof, vms: [vm('vm-1', { isUnplaced: true })] };
    expect(withoutMoving(unplaced, running(started(2)))).toEqual(unplaced);
    expect(kinds(null)).toEqual([
      ['vm-1', 'blocks'],
      ['vm-9', 'blocks'],
    ]);
    const over = note(running(started(2)), { do: 'note-end', results: [], back: [], why: null }, 1);
    expect(withoutMoving(proof, over)).toBe(proof);
  });
});
