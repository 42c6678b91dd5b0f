import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { noVariant } from '@/lib/domain/review/variant';
import { GIB } from '@/lib/units';
import { disable, host, move, room, scene, vm } from './scene';

/** One VM x on a, and its move to b; what a test names differs. */
const look = (parts: Partial<Scene> = {}) =>
  reviewPlan(
    scene({ hosts: [host('a', 60), host('b', 40)], vms: [vm('x', 'a')], steps: [move('x', 'a', 'b')], ...parts }),
  );
const verdictOf = (parts: Partial<Scene>) => {
  const [first] = look(parts).moves;
  return [first?.verdict, first?.reasons[0]?.check, first?.reasons[0]?.text];
};
const toB = (more: Parameters<typeof host>[2], cpu: number | null = 40) => ({
  hosts: [host('a', 60), host('b', cpu, more)],
});
const contains = (text: string) => expect.stringContaining(text);

describe('the pre-flight of a move', () => {
  it('is ok if no check finds a problem', () => {
    const { verdict, counts, moves } = look();
    expect(verdict).toBe('ok');
    expect(counts).toEqual({ ok: 1, unchecked: 0, warning: 0, 'would-fail': 0 });
    expect(moves[0]).toMatchObject({
      verdict: 'ok',
      reasons: [],
      unchecked: [],
      projected: true,
      destination_points: 10,
    });
  });

  it('fails if the VM is gone, already there or busy', () => {
    expect(verdictOf({ vms: [] })).toEqual(['would-fail', 'vm', contains('gone')]);
    expect(verdictOf({ vms: [vm('x', 'b')] })).toEqual(['would-fail', 'source', contains('already on b')]);
    expect(verdictOf({ vms: [vm('x', 'a', { task_state: 'resize_prep' })] })).toEqual([
      'would-fail',
      'vm',
      contains('busy with it (resize_prep)'),
    ]);
  });

  it('warns if the VM is on another host, and does not project the move', () => {
    const { moves, totals } = look({ vms: [vm('x', 'c')], hosts: [host('a', 60), host('b', 40), host('c', 20)] });
    expect(moves[0]).toMatchObject({ verdict: 'warning', projected: false });
    expect(moves[0]?.reasons[0]?.text).toContain('It is on c, not on a.');
    expect(totals).toMatchObject({ elsewhere: 1, gone: 0 });
  });

  it('knows in which states Nova migrates a VM live or cold', () => {
    const status = (value: string, live: boolean) =>
      verdictOf({
        vms: [vm('x', 'a', { status: value })],
        steps: [move('x', 'a', 'b', { live })],
        checks_moves: false,
      })[0];
    expect(['ACTIVE', 'PAUSED', 'SHUTOFF', 'ERROR'].map((one) => status(one, true))).toEqual([
      'ok',
      'ok',
      'would-fail',
      'would-fail',
    ]);
    expect(['ACTIVE', 'PAUSED', 'SHUTOFF'].map((one) => status(one, false))).toEqual(['ok', 'would-fail', 'ok']);
  });

  it('fails if the destination is down, disabled or unknown', () => {
    expect(verdictOf(toB({ state: 'down' }))).toEqual(['would-fail', 'destination', 'b is down.']);
    expect(verdictOf(toB({ status: 'disabled', disabled_reason: 'ticket 4711' }))).toEqual([
      'would-fail',
      'destination',
      contains('ticket 4711'),
    ]);
    expect(verdictOf({ steps: [move('x', 'a', 'gone')] })[0]).toBe('would-fail');
    expect(verdictOf(toB({ draining: 'plan of maintain-b' }))).toEqual([
      'warning',
      'destination',
      contains('maintain-b'),
    ]);
  });

  it('fails if the source is down, live or cold, in the plan and in moves that drain it', () => {
    const hosts = [host('a', null, { state: 'down' }), host('b', 40)];
    const evacuate = ['would-fail', 'source', contains('a is down. Nova can’t migrate the VMs of a host that is down')];
    expect(verdictOf({ hosts })).toEqual(evacuate);
    const off = { hosts, vms: [vm('x', 'a', { status: 'SHUTOFF' })], steps: [move('x', 'a', 'b', { live: false })] };
    expect(verdictOf(off)).toEqual(evacuate);
    expect(verdictOf({ hosts, steps: [move('x', 'a', null)] })).toEqual(evacuate);
    const { moves, counts } = reviewPlan(scene({ hosts, vms: [vm('x', 'a'), vm('y', 'a', { status: 'SHUTOFF' })] }), {
      ...noVariant(),
      empty: ['a'],
    });
    expect(moves.map(({ live, verdict, reasons }) => [live, verdict, reasons[0]?.check])).toEqual([
      [true, 'would-fail', 'source'],
      [false, 'would-fail', 'source'],
    ]);
    expect(counts['would-fail']).toBe(2);
  });

  it('warns if the source is allocated beyond its capacity, of something that the VM needs', () => {
    const beyond = (resource: string) => ({
      hosts: [
        host('a', 60, { inventories: { VCPU: room(100, 50), MEMORY_MB: room(100, 40), [resource]: room(100, 101) } }),
        host('b', 40),
      ],
    });
    const refused = [
      'warning',
      'source',
      contains('a has 101 MEMORY_MB allocated, but offers only 100. Placement may'),
    ];
    expect(verdictOf(beyond('MEMORY_MB'))).toEqual(refused);
    expect(verdictOf({ ...beyond('MEMORY_MB'), steps: [move('x', 'a', null)] })).toEqual(refused);
    expect(verdictOf(beyond('VGPU'))[0]).toBe('ok');
  });

  it('lets a VM leave a host that is disabled', () => {
    expect(verdictOf({ hosts: [host('a', 60, { status: 'disabled' }), host('b', 40)] })[0]).toBe('ok');
  });

  it('fails if Watcher would send Nova a host’s uuid, unless another destination is set', () => {
    const steps = [move('x', 'a', 'b', { destination_named: 'uuid-of-b' })];
    expect(verdictOf({ steps })).toEqual(['would-fail', 'destination', contains('calls b uuid-of-b')]);
    const { moves } = reviewPlan(
      scene({ hosts: [host('a', 60), host('b', 40), host('c', 40)], vms: [vm('x', 'a')], steps }),
      { ...noVariant(), to: new Map([[1, 'c']]) },
    );
    expect(moves[0]?.verdict).toBe('ok');
  });

  it('fails if the plan itself disables the destination before the move', () => {
    const steps = [disable('b'), move('x', 'a', 'b', { wave: 2 })];
    expect(verdictOf({ steps })).toEqual(['would-fail', 'destination', contains('This plan disables b')]);
  });

  it('warns about a lock and obstacles to live migration', () => {
    expect(verdictOf({ vms: [vm('x', 'a', { locked: true })] })).toEqual(['warning', 'locked', contains('locked')]);
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['pci'] })] })[0]).toBe('warning');
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['encrypted-memory'] })] })[0]).toBe('would-fail');
    const cold = [move('x', 'a', 'b', { live: false })];
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['encrypted-memory'] })], steps: cold })[0]).toBe('ok');
  });

  it('adds the VMs that arrive before to the CPU peak of the destination', () => {
    // 74 and 10 points are 84, under the limit of 85; 76 and 10 are 86.
    expect(verdictOf(toB({ cpu_peak: 74 }))[0]).toBe('ok');
    expect(verdictOf(toB({ cpu_peak: 76 }))).toEqual(['warning', 'peak', contains('86%')]);
    expect(verdictOf(toB({ cpu_peak: 91 }))[2]).toContain('would be full');
    const { moves } = look({
      ...toB({ cpu_peak: 70 }),
      vms: [vm('x', 'a'), vm('y', 'a')],
      steps: [move('x', 'a', 'b'), move('y', 'a', 'b', { wave: 2 })],
    });
    expect(moves.map(({ verdict }) => verdict)).toEqual(['ok', 'warning']);
  });

  it('warns if a host would need more CPU than it has, even if its peak is unknown', () => {
    expect(verdictOf(toB({ cpu_peak: null }, 95))).toEqual(['warning', 'peak', contains('CPU of b would be at 105%')]);
    expect(verdictOf(toB({ cpu_peak: null }, 90))[0]).toBe('unchecked');
  });

  it('checks the free RAM of the destination', () => {
    expect(verdictOf(toB({ ram_used: 97 * GIB }))).toEqual(['warning', 'ram', contains('could be killed')]);
    expect(verdictOf(toB({ ram_used: 93 * GIB }))[2]).toContain('may grow to');
    expect(verdictOf(toB({ ram_used: 91.5 * GIB }))[2]).toContain('RAM of b would be at');
    expect(verdictOf(toB({ ram_used: 80 * GIB }))[0]).toBe('ok');
  });

  it('is not ok if a check could not be made', () => {
    const { moves, verdict } = look({ ...toB({ cpu_peak: null }), unchecked: [{ check: 'group', reason: '403' }] });
    expect(verdict).toBe('unchecked');
    expect(moves[0]).toMatchObject({ verdict: 'unchecked', unchecked: ['group', 'peak'] });
    expect(look(toB({ inventories: null })).moves[0]?.unchecked).toContain('fit');
  });

  it('fails a move left to the scheduler only if no host can take the VM', () => {
    const steps = [move('x', 'a', null)];
    expect(look({ steps }).moves[0]).toMatchObject({ verdict: 'unchecked', destination: null, projected: false });
    expect(verdictOf({ steps, ...toB({ state: 'down' }) })).toEqual([
      'would-fail',
      'fit',
      'No host can take it: 1 out of service or about to be drained.',
    ]);
  });

  it('gives no verdict on moves that are done, failed, skipped or running, and projects the running one', () => {
    const states = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'ONGOING'].map(
      (state) => look({ steps: [move('x', 'a', 'b', { state })] }).moves[0],
    );
    expect(states.map((row) => row?.verdict)).toEqual([null, null, null, null]);
    expect(states.map((row) => row?.projected)).toEqual([false, false, false, true]);
  });
});
