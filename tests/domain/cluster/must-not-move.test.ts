import { describe, expect, it } from 'vitest';
import { markOf } from '@/lib/domain/cluster/must-not-move';
import { reviewPlan } from '@/lib/domain/review/review';
import { host, move, scene, vm } from '../review/scene';

const MARKS = { tags: ['pinned'], projects: ['vault'], flavors: ['p1.pinned'] };
const flavor = { name: 'm1.large', vcpus: 4, ramBytes: 0, diskBytes: 0, extraSpecs: {} };
const server = { projectId: 'shop', flavor };

describe('a VM that must not move', () => {
  it.each([
    [{ ...server, tags: ['web', 'pinned'] }, 'its tag pinned'],
    [{ ...server, metadataKeys: ['pinned'] }, 'its metadata key pinned'],
    [{ ...server, projectId: 'vault' }, 'its project'],
    [{ ...server, flavor: { ...flavor, name: 'p1.pinned' } }, 'its flavor p1.pinned'],
    [{ ...server, tags: ['unpinned'], metadataKeys: ['Pinned'] }, null],
    [{ ...server, flavor: null }, null],
  ])('is known by its mark: %o', (given, mark) => {
    expect(markOf(given, MARKS)).toBe(mark);
  });

  it('is warned of in the review of a plan that moves it', () => {
    const { moves } = reviewPlan(
      scene({
        hosts: [host('a', 40), host('b', 20)],
        vms: [vm('1', 'a', { must_not_move: 'its tag pinned' })],
        steps: [move('1', 'a', 'b')],
      }),
    );
    expect(moves[0]).toMatchObject({ verdict: 'warning' });
    expect(moves[0]?.reasons[0]?.text).toBe(
      'It must not move: its tag pinned marks it so. Watcher does not know that.',
    );
  });
});
