import { describe, expect, it } from 'vitest';
import type { Scene } from '@/lib/contract/v1/scene';
import { reviewPlan } from '@/lib/domain/review/review';
import { GIB } from '@/lib/units';
import { host, move, room, scene, vm } from './scene';

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

describe('the pre-flight of a move, against Placement and the scheduler', () => {
  it('checks the capacity left in Placement and the limit per VM', () => {
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

  it('lets VMs that leave in one wave make room for the next wave only', () => {
    const full = { VCPU: room(100, 98), MEMORY_MB: room(102_400, 0) };
    const hosts = [host('a', 60), host('b', 40, { inventories: full }), host('c', 20)];
    const vms = [vm('x', 'a'), vm('y', 'b')];
    const verdicts = (wave: number) =>
      look({ hosts, vms, steps: [move('y', 'b', 'c'), move('x', 'a', 'b', { wave })] }).moves.map(
        ({ verdict }) => verdict,
      );
    expect(verdicts(2)).toEqual(['ok', 'ok']);
    expect(verdicts(1)).toEqual(['ok', 'would-fail']);
  });

  it('counts dedicated CPUs as PCPU, or as VCPU on hosts without PCPU', () => {
    const pinned = { vms: [vm('x', 'a', { resources: { PCPU: 4 } })] };
    expect(verdictOf({ ...pinned, ...toB({ inventories: { PCPU: room(2, 0) } }) })[1]).toBe('fit');
    expect(verdictOf({ ...pinned, ...toB({ inventories: { VCPU: room(8, 0) } }) })[0]).toBe('ok');
  });

  it('fails across zones if the zone was requested, and warns if Nova does not report that', () => {
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

  it('warns if the destination lacks the aggregate that the flavor requires, unless the VM’s host lacks it too', () => {
    const ssd = (hosts: string[]) => [{ name: 'ssd', zone: null, metadata: { ssd: 'true' }, hosts }];
    const vms = [vm('x', 'a', { aggregate_specs: { ssd: 'true' } })];
    expect(verdictOf({ vms, aggregates: ssd(['a']) })).toEqual(['warning', 'aggregate', contains('ssd=true')]);
    expect(verdictOf({ vms, aggregates: ssd(['a', 'b']) })[0]).toBe('ok');
    expect(verdictOf({ vms, aggregates: [] })[0]).toBe('ok');
  });

  it('fails without a required trait, or with a forbidden one', () => {
    const needs = vm('x', 'a', { required_traits: ['CUSTOM_GPU'] });
    expect(verdictOf({ vms: [needs] })).toEqual(['would-fail', 'traits', contains('CUSTOM_GPU; b does not have it')]);
    expect(verdictOf({ vms: [needs], ...toB({ traits: ['CUSTOM_GPU'] }) })[0]).toBe('ok');
    const forbids = vm('x', 'a', { forbidden_traits: ['CUSTOM_GPU'] });
    expect(verdictOf({ vms: [forbids], ...toB({ traits: ['CUSTOM_GPU'] }) })[0]).toBe('would-fail');
  });

  it('fails if anti-affinity is violated, warns if it is soft, and follows members that the plan moves', () => {
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
      steps: [move('x', 'a', 'b'), move('y', 'c', 'b', { wave: 2 })],
    });
    expect(both.moves.map(({ verdict }) => verdict)).toEqual(['ok', 'would-fail']);
  });

  it('fails if a VM would leave its affinity group', () => {
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
});

describe('moves that run at the same time', () => {
  it('find the RAM of VMs that leave in the same wave still in use', () => {
    const full = { ram_total: 100 * GIB, ram_used: 90 * GIB };
    const look = (wave: number) =>
      reviewPlan(
        scene({
          hosts: [host('a', 20), host('b', 20, full)],
          vms: [vm('leaves', 'b', { ram_used: 40 * GIB }), vm('comes', 'a', { ram_used: 40 * GIB, ram: 40 * GIB })],
          steps: [move('leaves', 'b', 'a'), move('comes', 'a', 'b', { wave })],
        }),
      ).moves[1]?.reasons.map(({ text }) => text);
    expect(look(1)).toEqual([expect.stringMatching(/10.GiB of RAM free while VMs that leave it are still there/)]);
    expect(look(2)?.join()).not.toMatch(/RAM free/);
  });
});
