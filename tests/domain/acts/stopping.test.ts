import { describe, expect, it } from 'vitest';
import { listRunMoves } from '@/lib/domain/acts/run-moves';
import { describeStopping, type Stoppable } from '@/lib/domain/acts/stopping';
import { type Release, releaseOf, UNKNOWN_RELEASE } from '@/lib/domain/plans/release';
import { server } from '../build';
import { move, nova, runCase } from './run-scene';

const NEW = releaseOf({ highest: [1, 7] });
const BETWEEN = releaseOf({ highest: [1, 5] });
const OLD = releaseOf({ highest: [1, 4] });

/** So many moves that run, wait and are done. */
function moves({ live = 0, cold = 0, waiting = 0, done = 0 }) {
  const kinds = [
    ...Array.from({ length: live }, (_, i) => ({ id: `live-${i}`, state: 'ONGOING' })),
    ...Array.from({ length: cold }, (_, i) => ({ id: `cold-${i}`, state: 'ONGOING' })),
    ...Array.from({ length: waiting }, (_, i) => ({ id: `waits-${i}`, state: 'PENDING' })),
    ...Array.from({ length: done }, (_, i) => ({ id: `done-${i}`, state: 'SUCCEEDED' })),
  ];
  return listRunMoves(
    runCase({
      servers: kinds.map(({ id }) => server(id, id.startsWith('done') ? 'b' : 'a')),
      actions: kinds.map(({ id, state }) => {
        const action = move({ id, state }, [id, 'a', 'b']);
        return id.startsWith('cold')
          ? { ...action, parameters: { ...action.parameters, migration_type: 'cold' } }
          : action;
      }),
      migrations: kinds
        .filter(({ state }) => state !== 'PENDING')
        .map(({ id, state }) => nova(state === 'ONGOING' ? 'running' : 'completed', { id: `of-${id}`, serverId: id })),
    }),
  );
}

const said = (given: Partial<Stoppable> & { release: Release }): string[] =>
  describeStopping({ state: 'ONGOING', moves: [], othersWaiting: 0, disabled: [], ...given }).map(({ lead, text }) =>
    [lead, text].filter((part) => part !== null).join(' '),
  );

describe('stopping a plan', () => {
  it('lets what runs end from 2026.1 on, and starts no more', () => {
    expect(said({ release: NEW, moves: moves({ live: 3, waiting: 6, done: 4 }) })).toEqual([
      'The 3 moves that run go to their end; this Watcher ends no move half way.',
      'The 6 moves not yet started don’t start.',
      'The 4 VMs that moved stay where they are now.',
    ]);
  });

  it('ends nothing there if Nova has all moves already', () => {
    const facts = describeStopping({
      state: 'ONGOING',
      release: NEW,
      moves: moves({ live: 17 }),
      othersWaiting: 0,
      disabled: [],
    });
    expect(facts).toEqual([
      {
        tone: 'warn',
        lead: 'Stopping ends nothing here.',
        text: 'All 17 were given to Nova, and Watcher lets running moves end.',
      },
      { tone: 'plain', lead: null, text: 'To end one, abort it at Nova, in its row.' },
    ]);
  });

  it('may abort live moves up to 2025.1, and no cold ones', () => {
    expect(said({ release: OLD, moves: moves({ live: 3, cold: 1, waiting: 1 }) })).toEqual([
      'Watcher means to abort the 3 live moves, but may fail to: Nova then moves them all the same.',
      'To be sure, abort each at Nova, in its row.',
      'The move of a VM that is off can’t be aborted and goes to its end.',
      'The move not yet started doesn’t start.',
    ]);
  });

  it('says that either may happen where the API does not show the release', () => {
    for (const release of [BETWEEN, UNKNOWN_RELEASE]) {
      const [first] = said({ release, moves: moves({ live: 2 }) });
      expect(first).toContain('Watcher 2025.2 means to abort the 2 live moves');
      expect(first).toContain('2026.1 lets them end');
    }
  });

  it('takes a plan out of the queue, if it is not too late', () => {
    expect(said({ release: NEW, state: 'PENDING', moves: moves({ waiting: 2 }) })).toEqual([
      'Takes it out of the queue. If an applier has just picked it up, it may run all the same.',
    ]);
  });

  it('leaves hosts disabled, and names them', () => {
    const facts = said({ release: NEW, moves: moves({ live: 1, waiting: 1 }), disabled: ['cmp-r01-10'] });
    expect(facts.at(-1)).toBe(
      'The host that it has disabled stays disabled: cmp-r01-10. Enable it in Nova when needed.',
    );
  });

  it('says nothing about a plan that can’t be stopped', () => {
    for (const state of ['RECOMMENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUPERSEDED']) {
      expect(said({ release: NEW, state })).toEqual([]);
    }
    expect(said({ release: NEW, state: 'CANCELLING' })[0]).toContain('stopping already');
  });
});
