import { describe, expect, it } from 'vitest';
import { NO_ACTS } from '@/lib/domain/acts/run-acts';
import type { RunCase } from '@/lib/domain/acts/run-case';
import { countMoves, listWaves, runSecondsLeft } from '@/lib/domain/acts/run-counts';
import { listEvents } from '@/lib/domain/acts/run-events';
import { isFinal, listCopied } from '@/lib/domain/acts/run-followed';
import { describeLeftBehind } from '@/lib/domain/acts/run-left-behind';
import { listRunMoves } from '@/lib/domain/acts/run-moves';
import { addProgress } from '@/lib/domain/acts/run-samples';
import { countAllMoves, type Recorded } from '@/lib/domain/cluster/vm-moves';
import { GIB, SECOND_MS } from '@/lib/units';
import { server } from '../build';
import { at } from '../plans/nova-scene';
import { move, NOW, nova, progress, runCase, running, sampled } from './run-scene';

/** Two waves of two: one move done, one copied, two that wait. */
function half(more: Partial<RunCase> = {}): RunCase {
  const ids = ['one', 'two', 'three', 'four'];
  return runCase({
    servers: ids.map((id) => server(id, id === 'one' ? 'b' : 'a')),
    actions: [
      move({ state: 'SUCCEEDED', updatedAt: at(33) }, ['one', 'a', 'b']),
      move({}, ['two', 'a', 'b']),
      move({ state: 'PENDING', updatedAt: null, parents: ['one', 'two'] }, ['three', 'a', 'c']),
      move({ state: 'PENDING', updatedAt: null, parents: ['one', 'two'] }, ['four', 'a', 'c']),
    ],
    migrations: [
      nova('completed', { id: 'of-one', serverId: 'one', updatedAt: at(33) }),
      nova('running', { id: 'of-two', serverId: 'two' }),
    ],
    series: sampled([3 * GIB, 2 * GIB, 2 * GIB], { id: 'of-two', serverId: 'two', totalBytes: 4 * GIB }),
    ...more,
  });
}

describe('how far a run is', () => {
  it('is counted by what Nova did, without what was left out', () => {
    const skipped = half({ actions: half().actions.map((one, i) => (i === 3 ? { ...one, state: 'SKIPPED' } : one)) });
    expect(countMoves(listRunMoves(half()))).toMatchObject({ total: 4, moved: 1, running: 1, waiting: 2, left_out: 0 });
    expect(countMoves(listRunMoves(skipped))).toMatchObject({ total: 3, waiting: 1, left_out: 1 });
  });

  it('has its waves in execution order, with how far each is', () => {
    expect(listWaves(listRunMoves(half()))).toEqual([
      { wave: 1, state: 'running', moves: 2, moves_ended: 1, since: at(31) },
      { wave: 2, state: 'waiting', moves: 2, moves_ended: 0, since: null },
    ]);
  });

  it('takes as long as the rest does at the pace so far', () => {
    // In 4 minutes 4 GiB of the done move and 2 of the copied one; 2 and twice 4 GiB are left.
    expect(runSecondsLeft(listRunMoves(half()), NOW)).toBe(Math.ceil((10 / 6) * 240));
  });

  it('has no time left to show before anything is copied, if a size is unknown, or if a copy is stuck', () => {
    const begun = half({ migrations: [], series: new Map() });
    expect(runSecondsLeft(listRunMoves({ ...begun, happened: new Map() }), NOW)).toBeNull();
    const unknown = half({ servers: [] } as Partial<RunCase>);
    const moves = listRunMoves(unknown).map((one) => ({ ...one, size: null }));
    expect(runSecondsLeft(moves, NOW)).toBeNull();
    const stuck = sampled(Array(8).fill(GIB), { id: 'of-two', serverId: 'two', totalBytes: 4 * GIB });
    expect(runSecondsLeft(listRunMoves(half({ series: stuck })), NOW)).toBeNull();
  });
});

describe('the events of a run', () => {
  it('are those that Nova and Watcher recorded, newest first', () => {
    const run = half();
    const events = listEvents({ ...run, startedAt: at(30), moves: listRunMoves(run) });
    expect(events.map(({ kind, subject, text }) => `${kind}: ${subject ?? ''} ${text}`)).toEqual([
      'done: name-of-one is on b after 2\u202fmin',
      'started: name-of-two was given to Nova, to move off a to b',
      'started: name-of-one was given to Nova, to move off a to b',
      'begun:  Watcher began to run the plan',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(4);
  });

  it('include each time that a copy gained nothing', () => {
    const stuck = sampled(Array(8).fill(500), { id: 'of-two', serverId: 'two' });
    const run = half({ series: stuck });
    const [first] = listEvents({ ...run, startedAt: at(30), moves: listRunMoves(run) });
    expect(first).toMatchObject({
      kind: 'trouble',
      subject: 'name-of-two',
      text: 'has gained nothing for 1\u202fmin',
      at: NOW - 10 * SECOND_MS,
    });
  });

  it('end with the plan', () => {
    const plan = running({ state: 'SUCCEEDED', updatedAt: at(34) });
    const [last] = listEvents({ plan, startedAt: at(30), moves: [], series: new Map(), acts: NO_ACTS });
    expect(last).toMatchObject({ kind: 'ended', text: 'Watcher ended the plan: SUCCEEDED', at: at(34) });
    const stopping = running({ state: 'CANCELLING', updatedAt: at(34) });
    const given = { plan: stopping, startedAt: at(30), moves: [], series: new Map() };
    expect(listEvents({ ...given, acts: NO_ACTS })[0]).toMatchObject({
      kind: 'stopping',
      text: 'Stopped from outside this dashboard',
    });
    const stopped = { at: at(33), person: 'ops', reason: 'too slow' };
    expect(listEvents({ ...given, acts: { ...NO_ACTS, stopped } })[0]).toMatchObject({
      text: 'Stopped by ops: too slow',
      at: at(33),
    });
  });
});

describe('what a run left behind', () => {
  const left = (run: RunCase, record: Partial<Recorded> = {}) =>
    describeLeftBehind({
      ...run,
      moves: listRunMoves(run),
      moved: countAllMoves({
        migrations: run.migrations,
        covered: { from: 0, until: run.now },
        reason: null,
        ...record,
      }),
    }).map(({ tone, lead, text }) => [tone, lead, text].filter((part) => part !== null).join(' '));

  it('is nothing, if all moved and both agree', () => {
    const run = runCase({
      plan: running({ state: 'SUCCEEDED', updatedAt: at(33) }),
      actions: [move({ state: 'SUCCEEDED', updatedAt: at(33) })],
      migrations: [nova('completed', { updatedAt: at(33) })],
      servers: [server('vm', 'b')],
    });
    expect(left(run)).toEqual([
      'ok No host is left disabled, no VM waits to be confirmed',
      'ok Nova and Watcher agree on the move',
    ]);
  });

  it('is what Nova still runs, and what both disagree about', () => {
    const run = runCase({
      plan: running({ state: 'FAILED', updatedAt: at(34) }),
      actions: [move({ state: 'FAILED', updatedAt: at(34) })],
      migrations: [nova('running')],
    });
    expect(left(run)).toEqual([
      'ok No host is left disabled, no VM waits to be confirmed',
      'warn name-of-vm is still being moved by Nova',
      'warn Nova and Watcher disagree about 1 move: name-of-vm',
    ]);
  });

  it('is no disagreement that only an older list of VMs shows, or Nova’s last seconds of a move', () => {
    for (const status of ['completed', 'running']) {
      const run = runCase({
        plan: running({ state: 'SUCCEEDED', updatedAt: at(35) }),
        actions: [move({ state: 'SUCCEEDED', updatedAt: at(35) })],
        migrations: [nova(status, { updatedAt: at(35) })],
      });
      expect(left(run).filter((line) => line.includes('disagree'))).toEqual([]);
    }
  });

  it('is VMs that move to and fro', () => {
    const before = Array.from({ length: 4 }, (_, i) => nova('completed', { id: `old-${i}`, startedAt: at(-60 * i) }));
    const run = runCase({
      plan: running({ state: 'SUCCEEDED', updatedAt: at(33) }),
      actions: [move({ state: 'SUCCEEDED', updatedAt: at(33) })],
      migrations: [nova('completed', { updatedAt: at(33) }), ...before],
      servers: [server('vm', 'b')],
    });
    expect(left(run).at(-1)).toBe('warn name-of-vm moves too often: 5 times in 7 days');
  });

  it('is a VM that has gone back to a host that it had just left', () => {
    const there = nova('completed', {
      id: 'there',
      source: 'b',
      destination: 'a',
      startedAt: at(-60),
      updatedAt: at(-59),
    });
    const run = runCase({
      plan: running({ state: 'SUCCEEDED', updatedAt: at(33) }),
      actions: [move({ state: 'SUCCEEDED', updatedAt: at(33) })],
      migrations: [nova('completed', { updatedAt: at(33) }), there],
      servers: [server('vm', 'b')],
    });
    expect(left(run).at(-1)).toBe('warn name-of-vm went back from a to b, which it had left within a day');
    expect(left(run, { covered: null, reason: 'Nova denied access.' }).at(-1)).toBe(
      'plain Whether VMs move too often is unknown. Nova denied access.',
    );
  });
});

describe('what a look asks about', () => {
  it('is every VM that Nova copies for the plan, and no other', () => {
    const actions = [
      move({}, ['one', 'a', 'b']),
      move({ state: 'FAILED', updatedAt: at(33) }, ['given-up', 'a', 'b']),
      move({ state: 'PENDING', updatedAt: null }, ['waits', 'a', 'b']),
    ];
    const migrations = [
      nova('running', { serverId: 'one' }),
      nova('running', { serverId: 'given-up' }),
      nova('running', { serverId: 'waits' }),
      nova('running', { serverId: 'foreign' }),
      nova('queued', { serverId: 'one' }),
    ];
    expect(listCopied(running(), actions, migrations)).toEqual(['one', 'given-up']);
    // Without Nova’s record.
    expect(listCopied(running(), actions, null)).toEqual(['one']);
  });

  it('is nothing more once Watcher has ended the plan and Nova runs nothing of it', () => {
    const over = running({ state: 'FAILED', updatedAt: at(34) });
    const actions = [move()];
    expect(isFinal({ plan: running(), actions, migrations: [] }, NOW)).toBe(false);
    expect(isFinal({ plan: over, actions, migrations: [nova('running')] }, NOW)).toBe(false);
    expect(isFinal({ plan: over, actions, migrations: [nova('completed')] }, NOW)).toBe(true);
    expect(isFinal({ plan: over, actions, migrations: [nova('running', { serverId: 'foreign' })] }, NOW)).toBe(true);
  });
});

it('a series outlives the look that made it', () => {
  const first = addProgress(new Map(), [progress()], 0);
  expect(addProgress(first, [], 5)).toBe(first);
});
