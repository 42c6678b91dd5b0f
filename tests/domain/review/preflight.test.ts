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
  it('is ok where nothing speaks against it', () => {
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

  it('fails where the VM is gone, is there already, or is busy', () => {
    expect(verdictOf({ vms: [] })).toEqual(['would-fail', 'vm', contains('gone')]);
    expect(verdictOf({ vms: [vm('x', 'b')] })).toEqual(['would-fail', 'source', contains('already on b')]);
    expect(verdictOf({ vms: [vm('x', 'a', { task_state: 'resize_prep' })] })).toEqual([
      'would-fail',
      'vm',
      contains('busy with it (resize_prep)'),
    ]);
  });

  it('warns where the VM is on another host, and does not project it', () => {
    const { moves, totals } = look({ vms: [vm('x', 'c')], hosts: [host('a', 60), host('b', 40), host('c', 20)] });
    expect(moves[0]).toMatchObject({ verdict: 'warning', projected: false });
    expect(moves[0]?.reasons[0]?.text).toContain('It is on c, not on a.');
    expect(totals).toMatchObject({ elsewhere: 1, gone: 0 });
  });

  it('knows in which states Nova moves a VM live, and in which cold', () => {
    const status = (value: string, live: boolean) =>
      verdictOf({ vms: [vm('x', 'a', { status: value })], steps: [move('x', 'a', 'b', { live })] })[0];
    expect(['ACTIVE', 'PAUSED', 'SHUTOFF', 'ERROR'].map((one) => status(one, true))).toEqual([
      'ok',
      'ok',
      'would-fail',
      'would-fail',
    ]);
    expect(['ACTIVE', 'PAUSED', 'SHUTOFF'].map((one) => status(one, false))).toEqual(['ok', 'would-fail', 'ok']);
  });

  it('fails on a destination that is down, disabled or not known', () => {
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

  it('fails where Watcher would tell Nova the uuid of a host, unless another destination is set', () => {
    const steps = [move('x', 'a', 'b', { destination_named: 'uuid-of-b' })];
    expect(verdictOf({ steps })).toEqual(['would-fail', 'destination', contains('calls b uuid-of-b')]);
    const { moves } = reviewPlan(
      scene({ hosts: [host('a', 60), host('b', 40), host('c', 40)], vms: [vm('x', 'a')], steps }),
      { ...noVariant(), to: new Map([[0, 'c']]) },
    );
    expect(moves[0]?.verdict).toBe('ok');
  });

  it('fails on a destination that the plan itself has disabled before', () => {
    const steps = [disable('b'), move('x', 'a', 'b', { wave: 1 })];
    expect(verdictOf({ steps })).toEqual(['would-fail', 'destination', contains('This plan disables b')]);
  });

  it('counts what Placement has left: capacity, and what one VM may have', () => {
    const inventories = (used: number, most?: number) => ({
      inventories: { VCPU: room(100, used, most), MEMORY_MB: room(102_400, 0) },
    });
    expect(verdictOf(toB(inventories(96)))[0]).toBe('ok');
    expect(verdictOf(toB(inventories(97)))).toEqual([
      'would-fail',
      'fit',
      'b will have 3 of 100 VCPU left by then; the VM needs 4.',
    ]);
    expect(verdictOf(toB(inventories(0, 2)))).toEqual([
      'would-fail',
      'fit',
      contains('at most 2 VCPU per VM; this one needs 4'),
    ]);
    expect(verdictOf(toB({ inventories: { VCPU: room(100, 0) } }))).toEqual([
      'would-fail',
      'fit',
      'b has no MEMORY_MB.',
    ]);
  });

  it('fits in the order of waves: what leaves in one wave makes room for the next, not for its own', () => {
    const full = { VCPU: room(100, 98), MEMORY_MB: room(102_400, 0) };
    const hosts = [host('a', 60), host('b', 40, { inventories: full }), host('c', 20)];
    const vms = [vm('x', 'a'), vm('y', 'b')];
    const verdicts = (wave: number) =>
      look({ hosts, vms, steps: [move('y', 'b', 'c'), move('x', 'a', 'b', { wave })] }).moves.map(
        ({ verdict }) => verdict,
      );
    expect(verdicts(1)).toEqual(['ok', 'ok']);
    expect(verdicts(0)).toEqual(['ok', 'would-fail']);
  });

  it('counts dedicated CPUs where they are offered, and as vCPUs on hosts of old', () => {
    const pinned = { vms: [vm('x', 'a', { resources: { PCPU: 4 } })] };
    expect(verdictOf({ ...pinned, ...toB({ inventories: { PCPU: room(2, 0) } }) })[1]).toBe('fit');
    expect(verdictOf({ ...pinned, ...toB({ inventories: { VCPU: room(8, 0) } }) })[0]).toBe('ok');
  });

  it('fails across zones where the zone was asked for, and warns where Nova does not tell', () => {
    const zones = [
      { name: 'rack-a', zone: 'az-a', metadata: {}, hosts: ['a'] },
      { name: 'rack-b', zone: 'az-b', metadata: {}, hosts: ['b'] },
    ];
    const pinned = (pinnedZone: string | null | undefined) =>
      verdictOf({ aggregates: zones, vms: [vm('x', 'a', { zone: 'az-a', pinned_zone: pinnedZone })] })[0];
    expect([pinned('az-a'), pinned('az-b'), pinned(null), pinned(undefined)]).toEqual([
      'would-fail',
      'ok',
      'ok',
      'warning',
    ]);
  });

  it('warns where the destination lacks the aggregate that the flavor asks for, unless its own host lacks it too', () => {
    const ssd = (hosts: string[]) => [{ name: 'ssd', zone: null, metadata: { ssd: 'true' }, hosts }];
    const vms = [vm('x', 'a', { aggregate_specs: { ssd: 'true' } })];
    expect(verdictOf({ vms, aggregates: ssd(['a']) })).toEqual(['warning', 'aggregate', contains('ssd=true')]);
    expect(verdictOf({ vms, aggregates: ssd(['a', 'b']) })[0]).toBe('ok');
    expect(verdictOf({ vms, aggregates: [] })[0]).toBe('ok');
  });

  it('fails without a trait that the flavor needs, or with one that it forbids', () => {
    const needs = vm('x', 'a', { required_traits: ['CUSTOM_GPU'] });
    expect(verdictOf({ vms: [needs] })).toEqual(['would-fail', 'traits', contains('CUSTOM_GPU; b does not have it')]);
    expect(verdictOf({ vms: [needs], ...toB({ traits: ['CUSTOM_GPU'] }) })[0]).toBe('ok');
    const forbids = vm('x', 'a', { forbidden_traits: ['CUSTOM_GPU'] });
    expect(verdictOf({ vms: [forbids], ...toB({ traits: ['CUSTOM_GPU'] }) })[0]).toBe('would-fail');
  });

  it('fails where anti-affinity is broken, warns where it is soft, and sees members that the plan itself moves', () => {
    const group = (policy: string, on: string) => [
      {
        id: 'g',
        name: 'db',
        policy,
        max_per_host: 1,
        members: [
          { id: 'x', host: 'a' },
          { id: 'y', host: on },
        ],
      },
    ];
    const vms = [vm('x', 'a', { groups: ['g'] }), vm('y', 'c', { groups: ['g'] })];
    const hosts = [host('a', 60), host('b', 40), host('c', 20)];
    expect(verdictOf({ hosts, vms, groups: group('anti-affinity', 'b') })).toEqual([
      'would-fail',
      'group',
      contains('apart'),
    ]);
    expect(verdictOf({ hosts, vms, groups: group('soft-anti-affinity', 'b') })[0]).toBe('warning');
    expect(verdictOf({ hosts, vms, groups: group('anti-affinity', 'c') })[0]).toBe('ok');
    const both = look({
      hosts,
      vms,
      groups: group('anti-affinity', 'c'),
      steps: [move('x', 'a', 'b'), move('y', 'c', 'b', { wave: 1 })],
    });
    expect(both.moves.map(({ verdict }) => verdict)).toEqual(['ok', 'would-fail']);
  });

  it('fails where a VM would leave those it must be with', () => {
    const groups = [
      {
        id: 'g',
        name: 'near',
        policy: 'affinity',
        max_per_host: 1,
        members: [
          { id: 'x', host: 'a' },
          { id: 'y', host: 'a' },
        ],
      },
    ];
    expect(verdictOf({ groups, vms: [vm('x', 'a', { groups: ['g'] })] })).toEqual([
      'would-fail',
      'group',
      contains('together'),
    ]);
  });

  it('warns of a lock, and of what makes live migration hard', () => {
    expect(verdictOf({ vms: [vm('x', 'a', { locked: true })] })).toEqual(['warning', 'locked', contains('locked')]);
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['pci'] })] })[0]).toBe('warning');
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['encrypted-memory'] })] })[0]).toBe('would-fail');
    const cold = [move('x', 'a', 'b', { live: false })];
    expect(verdictOf({ vms: [vm('x', 'a', { live_obstacles: ['encrypted-memory'] })], steps: cold })[0]).toBe('ok');
  });

  it('looks at the peak of the destination, with all that comes before', () => {
    // 74 and 10 points are 84, under the limit of 85; 76 and 10 are 86.
    expect(verdictOf(toB({ cpu_peak: 74 }))[0]).toBe('ok');
    expect(verdictOf(toB({ cpu_peak: 76 }))).toEqual(['warning', 'peak', contains('86%')]);
    expect(verdictOf(toB({ cpu_peak: 91 }))[2]).toContain('would be full');
    const { moves } = look({
      ...toB({ cpu_peak: 70 }),
      vms: [vm('x', 'a'), vm('y', 'a')],
      steps: [move('x', 'a', 'b'), move('y', 'a', 'b', { wave: 1 })],
    });
    expect(moves.map(({ verdict }) => verdict)).toEqual(['ok', 'warning']);
  });

  it('looks at the RAM that is really free', () => {
    expect(verdictOf(toB({ ram_used: 97 * GIB }))).toEqual(['warning', 'ram', contains('could be killed')]);
    expect(verdictOf(toB({ ram_used: 93 * GIB }))[2]).toContain('may grow to');
    expect(verdictOf(toB({ ram_used: 91.5 * GIB }))[2]).toContain('RAM of b would be at');
    expect(verdictOf(toB({ ram_used: 80 * GIB }))[0]).toBe('ok');
  });

  it('is never ok for what could not be looked at', () => {
    const { moves, verdict } = look({ ...toB({ cpu_peak: null }), unchecked: [{ check: 'group', reason: '403' }] });
    expect(verdict).toBe('unchecked');
    expect(moves[0]).toMatchObject({ verdict: 'unchecked', unchecked: ['group', 'peak'] });
    expect(look(toB({ inventories: null })).moves[0]?.unchecked).toContain('fit');
  });

  it('lets the scheduler choose where some host can take the VM, and fails where none can', () => {
    const steps = [move('x', 'a', null)];
    expect(look({ steps }).moves[0]).toMatchObject({ verdict: 'unchecked', destination: null, projected: false });
    expect(verdictOf({ steps, ...toB({ state: 'down' }) })).toEqual(['would-fail', 'fit', 'No host can take it.']);
  });

  it('has no verdict on what is done, failed or skipped, and counts what runs', () => {
    const states = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'ONGOING'].map(
      (state) => look({ steps: [move('x', 'a', 'b', { state })] }).moves[0],
    );
    expect(states.map((row) => row?.verdict)).toEqual([null, null, null, null]);
    expect(states.map((row) => row?.projected)).toEqual([false, false, false, true]);
  });
});
