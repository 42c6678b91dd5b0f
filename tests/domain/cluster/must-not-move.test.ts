import { describe, expect, it } from 'vitest';
import { groundsOf, markTags, OUR_TAG, sayGrounds } from '@/lib/domain/cluster/must-not-move';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { host, move, scene, vm } from '../review/scene';

const MARKS = { tags: ['pinned'], projects: ['vault'], flavors: ['p1.pinned'] };
const flavor = { name: 'm1.large', vcpus: 4, ramBytes: 0, diskBytes: 0, extraSpecs: {} };
const server = { id: 'vm-1', projectId: 'shop', flavor };
const NOTES = new Map([['vm-1', { person: 'admin', reason: 'licence bound to the host' }]]);

describe('a VM that must not move', () => {
  it.each([
    [{ ...server, tags: ['web', 'pinned'] }, ['tag'], 'tag pinned, set by its owner'],
    [{ ...server, metadataKeys: ['pinned'] }, ['metadata'], 'metadata key pinned, set by its owner'],
    [{ ...server, projectId: 'vault' }, ['project'], 'its project, by the settings of this server'],
    [
      { ...server, flavor: { ...flavor, name: 'p1.pinned' } },
      ['flavor'],
      'its flavor p1.pinned, by the settings of this server',
    ],
    [{ ...server, tags: [OUR_TAG] }, ['here'], 'tag must-not-move; the journal here has no reason'],
    [
      { ...server, tags: ['pinned', OUR_TAG], projectId: 'vault' },
      ['here', 'tag', 'project'],
      'tag must-not-move; the journal here has no reason; tag pinned, set by its owner; its project, by the settings of this server',
    ],
    [{ ...server, tags: ['unpinned'], metadataKeys: ['Pinned'] }, [], ''],
    [{ ...server, flavor: null }, [], ''],
  ])('has every ground with its source: %o', (given, sources, text) => {
    const grounds = groundsOf(given, MARKS);
    expect(grounds.map(({ source }) => source)).toEqual(sources);
    expect(sayGrounds(grounds)).toBe(text);
  });

  it('names who marked it here, and why', () => {
    const grounds = groundsOf({ ...server, tags: [OUR_TAG] }, { ...MARKS, notes: NOTES });
    expect(sayGrounds(grounds)).toBe('marked by admin: licence bound to the host');
  });

  it('needs the tag for that: a note alone marks nothing', () => {
    expect(groundsOf(server, { ...MARKS, notes: NOTES })).toEqual([]);
  });

  it('is looked for by our tag and those of the settings, each once', () => {
    expect(markTags({ tags: ['pinned', OUR_TAG] })).toEqual([OUR_TAG, 'pinned']);
  });

  it('is warned of in the review of a plan that moves it, once somebody names it', () => {
    const plan = scene({
      hosts: [host('a', 40), host('b', 20)],
      vms: [vm('1', 'a', { must_not_move: groundsOf({ ...server, tags: ['pinned'] }, MARKS) })],
      steps: [move('1', 'a', 'b')],
    });
    const { moves } = reviewPlan(plan, { ...noVariant(), anyway: new Set([1]) });
    expect(moves[0]).toMatchObject({ verdict: 'warning' });
    expect(moves[0]?.reasons[0]?.text).toBe(
      'It must not move: tag pinned, set by its owner. Watcher does not know that.',
    );
  });
});
