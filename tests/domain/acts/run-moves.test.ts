import { describe, expect, it } from 'vitest';
import { listRunMoves } from '@/lib/domain/acts/run-moves';
import { SECOND_MS } from '@/lib/units';
import { server } from '../build';
import { at } from '../plans/nova-scene';
import { minutesAgo, move, NOW, nova, only, runCase, running, sampled } from './run-scene';

/** The table of words in the design: what Watcher says, what Nova says, and what is shown. */

const silent = { at: minutesAgo(3), failure: { since: minutesAgo(3), message: 'Nova does not answer.' } };

describe('the word for a move', () => {
  it('is that it waits, and for which wave, until Watcher starts it', () => {
    const pending = { state: 'PENDING', updatedAt: null };
    expect(only({ actions: [move(pending)] })).toMatchObject({ word: 'waits', title: 'Waits', group: 'waiting' });
    const moves = listRunMoves(
      runCase({
        actions: [move(), move({ ...pending, parents: ['vm'] }, ['other', 'a', 'c'])],
        servers: [server('vm', 'a'), server('other', 'a')],
      }),
    );
    expect(moves.map(({ title }) => title)).toEqual(['Queued', 'Waits for wave 1']);
  });

  it('is that it is queued: given to Nova, or behind another move off the same host', () => {
    expect(only()).toMatchObject({ word: 'queued', text: 'Given to Nova, which has not begun.', nova_state: null });
    const ahead = nova('running', { id: 'ahead', serverId: 'first' });
    const behind = only({
      migrations: [nova('queued'), ahead],
      servers: [server('vm', 'a'), server('first', 'a', { name: 'queue-33' })],
    });
    expect(behind).toMatchObject({
      word: 'queued',
      title: 'Queued',
      text: 'At Nova, behind queue-33, which leaves the same host.',
    });
  });

  it.each([
    ['accepted', 'preparing', 'running'],
    ['preparing', 'preparing', 'running'],
    ['running', 'copying', 'running'],
    ['post-migrating', 'switching-over', 'running'],
    ['completed', 'done', 'ended'],
    ['error', 'failed', 'ended'],
    ['failed', 'failed', 'ended'],
    ['cancelled', 'aborted', 'ended'],
  ])('follows Nova while Watcher says ONGOING: %s is %s', (status, word, group) => {
    const servers = [server('vm', word === 'done' ? 'b' : 'a')];
    expect(only({ migrations: [nova(status)], servers })).toMatchObject({ word, group, nova_state: status });
  });

  it('has the bytes, the rate and the time left of what is copied', () => {
    const copying = only({ migrations: [nova('running')], series: sampled([600, 500, 400]) });
    expect(copying).toMatchObject({
      word: 'copying',
      total: 1_000,
      copied: 600,
      rate: 10,
      seconds_left: 40,
      counted_at: NOW,
      migration_number: '7',
      started_at: at(31),
    });
    // Nothing is made up before Nova counts.
    expect(only({ migrations: [nova('running')] })).toMatchObject({ copied: null, rate: null, seconds_left: null });
  });

  it('is that it does not converge after 60 s without less to copy', () => {
    const stuck = only({ migrations: [nova('running')], series: sampled([300, 310, 305, 300, 320, 310, 300]) });
    expect(stuck).toMatchObject({ word: 'not-converging', group: 'person', seconds_left: null });
    expect(stuck.text).toBe('Nothing gained for 1\u202fmin: its memory changes as fast as it is copied.');
  });

  it('is never done while Nova still queues it, whatever Watcher says', () => {
    const early = only({ actions: [move({ state: 'SUCCEEDED', updatedAt: at(34) })], migrations: [nova('queued')] });
    expect(early.word).toBe('queued');
  });

  it('is that it switches over, once Watcher has seen it arrive and Nova has yet to close the migration', () => {
    const arrived = { actions: [move({ state: 'SUCCEEDED', updatedAt: at(34) })], migrations: [nova('running')] };
    for (const state of ['ONGOING', 'SUCCEEDED']) {
      expect(only({ ...arrived, plan: running({ state }) })).toMatchObject({
        word: 'switching-over',
        text: 'It is on b; Nova has yet to finish.',
      });
    }
  });

  it('is where it arrived, if that is not its target', () => {
    const ended = at(32);
    const listed = { listedAt: ended + 180 * SECOND_MS, migrations: [nova('completed', { updatedAt: ended })] };
    const given = { ...listed, actions: [move({ state: 'SUCCEEDED', updatedAt: ended })] };
    expect(only({ ...given, servers: [server('vm', 'b')] }).word).toBe('done');
    expect(only({ ...given, servers: [server('vm', 'c')] })).toMatchObject({
      word: 'arrived-elsewhere',
      group: 'person',
      text: 'Nova has the VM on c.',
    });
    expect(only({ ...given, servers: [server('vm', 'a')] })).toMatchObject({
      word: 'arrived-elsewhere',
      text: 'Nova calls it completed and still has the VM on a.',
    });
    // A list of VMs that is older than the move shows nothing.
    expect(only({ ...given, servers: [server('vm', 'a')], listedAt: ended }).word).toBe('done');
    // Somebody has moved it on since.
    const onward = nova('completed', { id: 'onward', source: 'b', destination: 'c', startedAt: at(33) });
    const moved = { ...given, migrations: [onward, ...given.migrations], servers: [server('vm', 'c')] };
    expect(only(moved).word).toBe('done');
  });

  it('is that a cold move waits to be confirmed, which is somebody’s job once Watcher has ended', () => {
    const cold = { migrations: [nova('finished', { type: 'migration' })] };
    const vm = server('vm', 'b', { status: 'VERIFY_RESIZE' });
    expect(only({ ...cold, servers: [vm] })).toMatchObject({ word: 'unconfirmed', group: 'running' });
    const failed = [move({ state: 'FAILED', updatedAt: at(34) })];
    expect(only({ ...cold, servers: [vm], actions: failed })).toMatchObject({
      word: 'unconfirmed',
      group: 'person',
      text: 'Since 00:32; until then both hosts keep room for it.',
    });
    // The list of VMs is newer, and has it active.
    expect(only({ ...cold, servers: [server('vm', 'b', { updatedAt: at(33) })] }).word).toBe('done');
  });

  it('is that Watcher gave up and Nova did not, or that it arrived all the same', () => {
    const actions = [move({ state: 'FAILED', updatedAt: at(34) })];
    expect(only({ actions, migrations: [nova('running')], series: sampled([3, 2, 1]) })).toMatchObject({
      word: 'gave-up',
      group: 'person',
      copied: 999,
      text: 'Watcher waited 3\u202fmin and calls it failed. Nova still copies it.',
    });
    expect(only({ actions, migrations: [nova('completed')], servers: [server('vm', 'b')] })).toMatchObject({
      word: 'gave-up-arrived',
      title: 'Watcher gave up, it arrived',
    });
    // The plan ended under it.
    const over = running({ state: 'CANCELLED', updatedAt: at(33) });
    expect(only({ plan: over, migrations: [nova('running')] })).toMatchObject({ word: 'gave-up' });
  });

  it('is that it failed, with what Watcher says about it and where the VM is', () => {
    const statusMessage = 'Action failed in execute: No valid host was found';
    const actions = [move({ state: 'FAILED', updatedAt: at(32), statusMessage })];
    expect(only({ actions, migrations: [nova('error')] })).toMatchObject({
      word: 'failed',
      text: 'No valid host was found. It stays on a.',
    });
    const empty = 'Action failed in execute: The action 43bbd7b3-0e3d-4a9e-8f6c-2a61e4b3b9f1 execution failed.';
    const silentOne = [move({ state: 'FAILED', updatedAt: at(32), statusMessage: empty })];
    expect(only({ actions: silentOne, migrations: [nova('error')] }).text).toBe('It stays on a.');
    expect(only({ actions }).text).toContain('It stays on a.');
    expect(only({ actions: silentOne, servers: [] }).text).toBe('The VM is gone.');
  });

  it('is that it was left out, with the reason, or never started', () => {
    const statusMessage = 'Action skipped by user. Reason: ticket 815';
    expect(only({ actions: [move({ state: 'SKIPPED', statusMessage })] })).toMatchObject({
      word: 'left-out',
      text: 'Skipped from outside this dashboard: ticket 815.',
    });
    const over = running({ state: 'CANCELLED', updatedAt: at(33) });
    const never = only({ plan: over, actions: [move({ state: 'CANCELLED', updatedAt: at(33) })] });
    expect(never).toMatchObject({ word: 'not-started', group: 'ended' });
  });

  it('is not known while Nova is silent, with its last word and when that was', () => {
    const unknown = only({ migrations: [nova('running')], nova: silent, series: sampled([3, 2, 1]) });
    // The bytes were counted just now, so that the VM is heard of.
    expect(unknown.word).toBe('copying');
    const older = new Map([...sampled([3, 2, 1])].map(([id, one]) => [id, { ...one, at: minutesAgo(3) }] as const));
    expect(only({ migrations: [nova('running')], nova: silent, series: older })).toMatchObject({
      word: 'unknown',
      group: 'running',
      text: 'Nova has not answered since 00:32. The last word: copying.',
      copied: 999,
      seconds_left: null,
    });
    // What has ended has ended.
    expect(only({ migrations: [nova('completed')], nova: silent, servers: [server('vm', 'b')] }).word).toBe('done');
  });

  it('stays for a look or two that fail', () => {
    const blink = { at: NOW - 6 * SECOND_MS, failure: { since: NOW - SECOND_MS, message: 'Nova does not answer.' } };
    expect(only({ migrations: [nova('running')], nova: blink }).word).toBe('copying');
  });

  it('is not known for what waits while Watcher is silent', () => {
    const waits = only({ actions: [move({ state: 'PENDING', updatedAt: null })], watcher: silent });
    expect(waits).toMatchObject({
      word: 'unknown',
      group: 'waiting',
      text: 'Watcher has not answered since 00:32. The last word: waits.',
    });
  });

  it('comes from the VM’s own migrations where Nova lets nobody list all', () => {
    const refused = { at: null, failure: { since: minutesAgo(4), message: 'Nova denied access to os-migrations.' } };
    expect(only({ nova: refused })).toMatchObject({ word: 'unknown', text: 'Nova denied access to os-migrations.' });
    const heard = only({ nova: refused, series: sampled([600, 500, 400]) });
    expect(heard).toMatchObject({ word: 'copying', copied: 600, migration_number: '7', nova_state: 'running' });
  });
});

describe('the order of moves', () => {
  it('has first what needs a person, then what runs, waits and has ended', () => {
    const names = ['done', 'waits', 'copies', 'stuck'];
    const moves = listRunMoves(
      runCase({
        servers: names.map((name) => server(name, name === 'done' ? 'b' : 'a')),
        actions: [
          move({ state: 'SUCCEEDED', updatedAt: at(33) }, ['done', 'a', 'b']),
          move({ state: 'PENDING', updatedAt: null }, ['waits', 'a', 'b']),
          move({}, ['copies', 'a', 'b']),
          move({}, ['stuck', 'a', 'b']),
        ],
        migrations: ['done', 'copies', 'stuck'].map((vm) =>
          nova(vm === 'done' ? 'completed' : 'running', { id: `of-${vm}`, serverId: vm }),
        ),
        series: new Map([
          ...sampled([900, 600, 300], { id: 'of-copies', serverId: 'copies' }),
          ...sampled([300, 300, 300, 300, 300, 300, 300], { id: 'of-stuck', serverId: 'stuck' }),
        ]),
      }),
    );
    expect(moves.map(({ vm_id: id }) => id)).toEqual(['stuck', 'copies', 'waits', 'done']);
  });
});
