import { describe, expect, it } from 'vitest';
import { migrate, server, shutdown, target } from '../build';
import { cores, project } from './project';

/** Host a runs at 24 of 32 cores, b at 16 of 64. */
const on = (host: string | null, status = 'ACTIVE') => server('vm', host, { status });
const use = { vm: cores(8) };

describe('projecting a plan that takes VMs out of service', () => {
  it('ends the load of a VM that is stopped; its allocation and its place stay', () => {
    const { after, projection, shutdowns, totals, emptied } = project({
      servers: [on('a')],
      actions: [shutdown('1', 'vm')],
      use,
    });
    expect(after).toEqual({ a: 50, b: 25 });
    const [a] = projection.hosts;
    expect(a).toMatchObject({ vcpu_now: 20, vcpu_after: 20, leaving: 0 });
    expect(shutdowns).toEqual([
      expect.objectContaining({ how: 'stop', host: 'a', vm_name: 'name-of-vm', cpu_cores: 8, problem: null }),
    ]);
    expect(totals).toMatchObject({ moves: 0, moves_left: 0, shutdowns: 1 });
    expect(emptied).toEqual({ count: 1, hosts: ['a'], vms_left: 1 });
    expect(projection.confidence).toBe('measured');
  });

  it.each(['shelve', 'delete'] as const)('frees the host of a VM with %s', (type) => {
    const { after, projection, emptied } = project({
      servers: [on('a')],
      actions: [shutdown('1', 'vm', { type })],
      use,
    });
    expect(after).toEqual({ a: 50, b: 25 });
    expect(projection.hosts[0]).toMatchObject({ vcpu_after: 18, leaving: 1 });
    expect(emptied).toEqual({ count: 1, hosts: ['a'], vms_left: 0 });
  });

  it('moves no load with a VM that was stopped before, or is stopped where it moved', () => {
    const stopThenMove = [shutdown('1', 'vm'), migrate('2', ['vm', 'a', 'b'], { parents: ['1'] })];
    expect(project({ servers: [on('a')], actions: stopThenMove, use }).after).toEqual({ a: 50, b: 25 });
    const moveThenStop = [migrate('1', ['vm', 'a', 'b']), shutdown('2', 'vm', { parents: ['1'] })];
    const { after, shutdowns } = project({ servers: [on('a')], actions: moveThenStop, use });
    expect(after).toEqual({ a: 50, b: 25 });
    expect(shutdowns[0]).toMatchObject({ host: 'b', problem: null });
  });

  it.each([
    ['skipped', { state: 'SKIPPED' }, [on('a')]],
    ['failed', { state: 'FAILED' }, [on('a')]],
    ['done', { state: 'SUCCEEDED' }, [on('a')]],
    ['vm-gone', {}, []],
    ['already-off', {}, [on('a', 'SHUTOFF')]],
    ['host-unknown', {}, [on(null)]],
  ])('changes nothing and says why: %s', (problem, more, servers) => {
    const { after, shutdowns, totals } = project({ servers, actions: [shutdown('1', 'vm', more)], use });
    expect(after).toEqual({ a: 75, b: 25 });
    expect(shutdowns[0]?.problem).toBe(problem);
    expect(totals.shutdowns).toBe(0);
  });

  it('keeps the reason of a skipped one', () => {
    const { shutdowns } = project({
      servers: [on('a')],
      actions: [shutdown('1', 'vm', { state: 'SKIPPED', statusMessage: 'Owner said no' })],
    });
    expect(shutdowns[0]).toMatchObject({ state: 'SKIPPED', status_message: 'Owner said no' });
  });

  it('starts from running VMs if the plan is over, and says so if there is no history', () => {
    const over = {
      state: 'SUCCEEDED',
      servers: [on('a', 'SHUTOFF')],
      actions: [shutdown('1', 'vm', { state: 'SUCCEEDED' })],
    };
    const past = { targets: [target('a', { cpus: 32, used: 24 }), target('b', { cpus: 64, used: 16 })], use };
    const { after, emptied } = project({ ...over, past });
    expect(after).toEqual({ a: 50, b: 25 });
    expect(emptied.hosts).toEqual(['a']);
    const unknown = project({ ...over, past: null });
    expect(unknown.shutdowns[0]?.problem).toBe('no-history');
    expect(unknown.projection.reason).toMatch(/no measurements/);
  });
});
