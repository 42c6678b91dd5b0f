import { describe, expect, it } from 'vitest';
import { openHappenings } from '@/lib/domain/plans/happenings';
import type { ActionPlan, Server, ServerMigration } from '@/lib/openstack/records';
import type { MigrationRecord } from '@/lib/readings/migrations';
import { cluster, hypervisor, migrate, server } from '../build';
import { at, migration, plan, record } from './nova-scene';

type Given = {
  state?: string;
  updatedAt?: number | null;
  owner?: ActionPlan;
  nova?: MigrationRecord;
  vm?: Server | null;
  destination?: string | null;
};

/** What became of the move of `vm` from a to b. */
function became({
  state = 'ONGOING',
  updatedAt = at(30),
  owner = plan(),
  nova = record([migration()]),
  vm = server('vm', 'b'),
  destination = 'b',
}: Given = {}) {
  const actions = { [owner.id]: [migrate('1', ['vm', 'a', destination], { state, updatedAt })] };
  const joined = cluster({ hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)), servers: vm ? [vm] : [] });
  const happenings = openHappenings({ plans: [owner], actions, record: nova, cluster: joined, knowsServers: true });
  return happenings.of(owner, actions[owner.id] ?? []).byAction.get('1') ?? null;
}

describe('what became of a move that Watcher left behind', () => {
  it('is what Nova did: it finished, failed, was cancelled or still runs', () => {
    const of = (status: string, more: Partial<ServerMigration> = {}) =>
      became({ nova: record([migration({ status, ...more })]), vm: server('vm', 'a') });
    expect(of('completed')).toEqual({
      result: 'moved',
      evidence: 'migration',
      started_at: at(31),
      ended_at: at(40),
      destination: 'b',
      migration_id: 'uuid-1',
      differs: true,
      text: 'Watcher says ONGOING; Nova finished it at 1970-01-02 00:40 UTC.',
    });
    expect(of('error', { destination: null })).toMatchObject({ result: 'failed', destination: null, ended_at: at(40) });
    expect(of('cancelled')).toMatchObject({ result: 'cancelled', differs: true });
    expect(of('running')).toMatchObject({
      result: 'running',
      ended_at: null,
      differs: true,
      text: 'Watcher says ONGOING; Nova has been running it since 1970-01-02 00:31 UTC.',
    });
    expect(of('teleporting')).toMatchObject({ result: 'unknown', differs: false });
  });

  it('is that it was never started, if Nova’s record covers the time and has nothing', () => {
    expect(became({ nova: record([]), vm: server('vm', 'a') })).toMatchObject({
      result: 'never-started',
      evidence: 'no-migration',
      text: 'Watcher says ONGOING; Nova never started it.',
    });
    expect(became({ state: 'PENDING', updatedAt: null, nova: record([]) })).toMatchObject({
      result: 'never-started',
      differs: false,
    });
  });

  it('is unknown with the reason, if Nova’s record does not cover the time', () => {
    const vm = server('vm', 'a');
    const refused = became({ nova: record([], { covered: null, reason: 'Nova denied access.' }), vm });
    expect(refused).toMatchObject({ result: 'unknown', evidence: null, differs: false });
    expect(refused?.text).toBe('Watcher says ONGOING; what Nova did is unknown. Nova denied access.');
    const late = became({ nova: record([], { covered: { from: at(45), until: at(200) } }), vm });
    expect(late?.text).toContain('read back to 1970-01-02 00:45 UTC; the plan is older.');
    // Nova archives the migrations of deleted VMs.
    expect(became({ nova: record([]), vm: null })).toMatchObject({ result: 'unknown' });
  });

  it('is shown by the VM’s host, if Nova’s record can’t be read', () => {
    const blind = record([], { covered: null, reason: 'Nova denied access.' });
    expect(became({ nova: blind })).toMatchObject({
      result: 'moved',
      evidence: 'place',
      ended_at: null,
      text: 'Watcher says ONGOING; Nova has the VM on b.',
    });
    // It has not changed since before the plan, so it was there already.
    expect(became({ nova: blind, vm: server('vm', 'b', { updatedAt: at(-90) }) })).toMatchObject({ result: 'unknown' });
    const running = plan({ state: 'ONGOING' });
    const moving = server('vm', 'a', { taskState: 'migrating' });
    expect(became({ nova: blind, owner: running, vm: moving })).toMatchObject({ result: 'running', differs: false });
  });
});

describe('a move that Watcher calls', () => {
  it('failed has moved, if Watcher gave up on it and Nova did not', () => {
    expect(became({ state: 'FAILED', updatedAt: at(33) })).toMatchObject({ result: 'moved', differs: true });
    // Nova had ended another move of this VM long before.
    expect(became({ state: 'FAILED', updatedAt: at(55) })).toMatchObject({ result: 'never-started', differs: false });
  });

  it('cancelled has moved, if Nova finished it', () => {
    expect(became({ state: 'CANCELLED', updatedAt: at(60) })).toMatchObject({ result: 'moved', differs: true });
    const aborted = record([migration({ status: 'cancelled' })]);
    expect(became({ state: 'CANCELLED', nova: aborted })).toMatchObject({ result: 'cancelled', differs: false });
  });

  it('succeeded is believed, unless Nova says otherwise', () => {
    const done = { state: 'SUCCEEDED', updatedAt: at(41) };
    expect(became(done)).toMatchObject({ result: 'moved', evidence: 'migration', differs: false });
    expect(became({ ...done, nova: record([]) })).toMatchObject({
      result: 'moved',
      evidence: 'watcher',
      ended_at: at(41),
    });
    const failed = record([migration({ status: 'error' })]);
    expect(became({ ...done, nova: failed })).toMatchObject({ result: 'failed', differs: true });
  });

  it('waiting, skipped, or part of a plan that never began has not begun', () => {
    expect(became({ state: 'PENDING', owner: plan({ state: 'ONGOING' }) })).toBeNull();
    expect(became({ state: 'SKIPPED' })).toBeNull();
    expect(became({ state: 'PENDING', owner: plan({ state: 'RECOMMENDED' }) })).toBeNull();
    expect(became({ state: 'PENDING', owner: plan({ state: 'SUPERSEDED' }) })).toBeNull();
    const refused = plan({ state: 'CANCELLED', hostname: null });
    expect(became({ state: 'CANCELLED', owner: refused })).toBeNull();
  });
});

describe('a running plan', () => {
  const owner = plan({ state: 'ONGOING', updatedAt: at(30) });
  const now = { from: at(-60), until: at(41) };

  it('has moved what Nova has finished, once the list of VMs shows it', () => {
    expect(became({ owner, nova: record([migration()], { covered: now }) })).toMatchObject({ result: 'moved' });
    const behind = became({ owner, nova: record([migration()], { covered: now }), vm: server('vm', 'a') });
    expect(behind).toMatchObject({ result: 'running', differs: false });
  });

  it('has nothing to say about an action that Nova has not begun', () => {
    expect(became({ owner, nova: record([], { covered: now }), vm: server('vm', 'a') })).toBeNull();
  });
});

describe('the migration of an action', () => {
  it('is of its VM, to its destination, and in its time', () => {
    const never = (more: Partial<ServerMigration>) =>
      became({ nova: record([migration(more)]), vm: server('vm', 'a') })?.result;
    expect(never({})).toBe('moved');
    expect(never({ serverId: 'other' })).toBe('never-started');
    expect(never({ destination: 'c' })).toBe('never-started');
    // Watcher set the action to ONGOING at minute 30, and the plan was over at minute 60.
    expect(never({ startedAt: at(20) })).toBe('never-started');
    expect(never({ startedAt: at(70), updatedAt: at(71) })).toBe('never-started');
  });

  it('may start from another host, as releases before 2026.1 move a VM that has left its source', () => {
    expect(became({ nova: record([migration({ source: 'c' })]) })?.result).toBe('moved');
  });

  it('says where the scheduler sent the VM', () => {
    const sent = record([migration({ destination: 'c' })]);
    expect(became({ destination: null, nova: sent })).toMatchObject({ result: 'moved', destination: 'c' });
  });

  it('is the one that got furthest, if Watcher tried again', () => {
    const tries = [migration({ id: 'second', startedAt: at(35) }), migration({ id: 'first', status: 'error' })];
    expect(became({ nova: record(tries) })).toMatchObject({ result: 'moved', migration_id: 'second' });
  });
});
