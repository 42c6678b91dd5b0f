import { expect, it } from 'vitest';
import type { KeptRun } from '@/lib/store/careful-runs';
import type { Store } from '@/lib/store/store';

/** How careful runs are kept on every database. */

const runOf = (id: string, more: Partial<KeptRun> = {}): Omit<KeptRun, 'version'> => ({
  id,
  region: 'default',
  state: 'running',
  object: 'plan-1',
  createdAt: 1_000,
  document: { left: [1, 2], why: null },
  ...more,
});

/** @param open a store with an empty database */
export function carefulRunCases(open: () => Store): void {
  it('keeps a careful run, and its changes', async () => {
    const { carefulRuns: runs, close } = open();
    await runs.add(runOf('a'));
    expect(await runs.find('a')).toEqual({ ...runOf('a'), version: 1 });
    expect(await runs.change({ id: 'a', state: 'paused', document: { left: [2] }, version: 1 })).toBe(true);
    expect(await runs.find('a')).toEqual({ ...runOf('a'), state: 'paused', document: { left: [2] }, version: 2 });
    expect(await runs.find('b')).toBeNull();
    await close();
  });

  it('does not overwrite a change that it has not seen', async () => {
    const { carefulRuns: runs, close } = open();
    await runs.add(runOf('a'));
    const both = await Promise.all(
      ['paused', 'ended'].map((state) => runs.change({ id: 'a', state, document: {}, version: 1 })),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    expect((await runs.find('a'))?.version).toBe(2);
    await close();
  });

  it('lists the newest careful runs first, of a region, of an object, and those that have not ended', async () => {
    const { carefulRuns: runs, close } = open();
    await runs.add(runOf('a', { createdAt: 1 }));
    await runs.add(runOf('b', { createdAt: 2, state: 'ended' }));
    await runs.add(runOf('c', { createdAt: 3, state: 'paused', object: 'plan-2' }));
    await runs.add(runOf('d', { createdAt: 4, region: 'other' }));
    const ids = async (wanted: Parameters<typeof runs.list>[0]) => (await runs.list(wanted)).map(({ id }) => id);
    expect(await ids({ region: 'default', limit: 9 })).toEqual(['c', 'b', 'a']);
    expect(await ids({ region: 'default', limit: 2 })).toEqual(['c', 'b']);
    expect(await ids({ region: 'default', open: true, limit: 9 })).toEqual(['c', 'a']);
    expect(await ids({ region: 'default', object: 'plan-1', limit: 9 })).toEqual(['b', 'a']);
    await close();
  });
}
