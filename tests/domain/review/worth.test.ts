import { describe, expect, it } from 'vitest';
import type { Drift } from '@/lib/contract/v1/outcome';
import type { Scene } from '@/lib/contract/v1/scene';
import { finish } from '@/lib/domain/projection/walk';
import { reviewWorking, weighPlan } from '@/lib/domain/review/weight';
import { chooseBest, type RankedPlan, rankPlans, type WaitingPlan } from '@/lib/domain/review/worth';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { GIB, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { auditRow, planRow } from '../records';
import { disable, host, move, room, scene, shutdown, vm } from './scene';

const NOW = 100 * HOUR_MS;
const CLOCK = { now: NOW, expiryMs: 24 * HOUR_MS };

const audit = (more: Partial<Audit> = {}): Audit => auditRow({ createdAt: NOW - HOUR_MS, ...more });
const plan = (id: string, more: Partial<ActionPlan> = {}): ActionPlan =>
  planRow({ id, createdAt: NOW - HOUR_MS, ...more });

/** Loads of 90, 50 and 10: mean 50, spread √(3200 ÷ 3) = 32.7. VMs use 20 cores of 100. */
const HOSTS = [host('a', 90), host('b', 50), host('c', 10)];
const VMS = [vm('x', 'a', { cores: 20 }), vm('y', 'a', { cores: 20 }), vm('z', 'b', { cores: 1 })];
const cloud = (steps: Scene['steps'], more: Partial<Scene> = {}) => scene({ hosts: HOSTS, vms: VMS, steps, ...more });

const steady = (moved: string[] = []): Drift => ({
  snapshot_at: 0,
  compared_at: NOW,
  threshold: 5,
  compared: 3,
  moved: moved.map((name) => ({ host: name, before: 0, now: 10 })),
  hosts_gone: [],
  reason: null,
});

type Given = { audit?: Audit; plan?: ActionPlan; drift?: Drift | null };
const waits = (
  id: string,
  given: Scene,
  { audit: of = audit(), plan: made = plan(id), drift = steady() }: Given = {},
) =>
  ({
    audit: of,
    plan: made,
    weight: weighPlan(given, finish(reviewWorking(given)), null),
    drift,
    enough: null,
  }) satisfies WaitingPlan;
const rank = (...all: WaitingPlan[]) => rankPlans(all, CLOCK);
const only = (...given: Parameters<typeof waits>): RankedPlan['worth'] => {
  const [one] = rank(waits(...given));
  if (!one) throw new Error('nothing is ranked');
  return one.worth;
};

describe('what a waiting plan brings', () => {
  it('has the spread, the hottest host, the hosts that cool down and the RAM to copy', () => {
    const worth = only('one', cloud([move('x', 'a', 'c')]));
    expect(worth).toMatchObject({ group: 'worth-doing', rank: 1, cooled: ['a'], heated: [], moves: 1 });
    expect(worth.cpu.spread.now).toBeCloseTo(Math.sqrt(3200 / 3), 9);
    // 70, 50, 30.
    expect(worth.cpu.spread.after).toBeCloseTo(Math.sqrt(800 / 3), 9);
    expect(worth.cpu.hottest).toEqual({ now: { host: 'a', load: 90 }, after: { host: 'a', load: 70 } });
    expect(worth.ram_to_copy).toBe(8 * GIB);
    expect(worth.truth).toMatchObject({ state: 'true', hosts: 2, hosts_moved: 0 });
  });

  it('counts only moves that would still work', () => {
    const down = [...HOSTS, host('d', 0, { state: 'down', vms: 0 })];
    const worth = only('two', cloud([move('x', 'a', 'c'), move('y', 'a', 'd')], { hosts: down }));
    expect(worth).toMatchObject({ moves: 1, moves_planned: 2, counts: { 'would-fail': 1 }, group: 'not-as-it-stands' });
    expect(worth.ram_to_copy).toBe(8 * GIB);
    expect(worth.cpu.hottest.after).toEqual({ host: 'a', load: 70 });
    expect(worth.truth).toMatchObject({ state: 'targets-lost', targets_lost: ['d'] });
  });

  it('leaves out what fails once another move is left out', () => {
    // b has 2 of 52 vCPUs left. y needs 4, which it gets only if z leaves, and z can't.
    const full = host('b', 50, { inventories: { VCPU: room(52, 50), MEMORY_MB: room(99_999, 0) } });
    const hosts = [host('a', 90), full, host('c', 10), host('d', 0, { state: 'down', vms: 0 })];
    const steps = [move('z', 'b', 'd'), move('y', 'a', 'b', { wave: 2 }), move('x', 'a', 'c', { wave: 3 })];
    const worth = only('chain', cloud(steps, { hosts }));
    expect(worth).toMatchObject({ moves: 1, moves_planned: 3, counts: { 'would-fail': 1 } });
    expect(worth.cpu.hottest.after).toEqual({ host: 'a', load: 70 });
  });
});

describe('the groups', () => {
  it('lower the spread by a tenth, or it is little to gain', () => {
    // 40, 20: spread 10. After 1 core: 39, 21: spread 9. After half a core: 9.5.
    const given = (cores: number) =>
      scene({ hosts: [host('a', 40), host('b', 20)], vms: [vm('x', 'a', { cores })], steps: [move('x', 'a', 'b')] });
    expect(only('enough', given(1)).group).toBe('worth-doing');
    expect(only('little', given(0.5)).group).toBe('little-to-gain');
  });

  it('ask for more than heat that moves to another host', () => {
    // 90 and 80 become 75 and 95.
    const swap = scene({
      hosts: [host('a', 90), host('b', 80)],
      vms: [vm('x', 'a', { cores: 15 })],
      steps: [move('x', 'a', 'b')],
    });
    expect(only('swap', swap)).toMatchObject({ cooled: ['a'], heated: ['b'], group: 'little-to-gain' });
  });

  it('take what empties a host, and say that the host stays disabled', () => {
    const hosts = [host('a', 10, { vms: 1, running: 1 }), host('b', 10)];
    const given = scene({ hosts, vms: [vm('x', 'a')], steps: [disable('a'), move('x', 'a', 'b')] });
    expect(only('night', given, { audit: audit({ goal: 'server_consolidation' }) })).toMatchObject({
      group: 'worth-doing',
      emptied: { count: 1, hosts: ['a'] },
      disabled: ['a'],
    });
    expect(only('night', given).emptied).toBeNull();
  });

  it('take what someone asked for', () => {
    const given = cloud([move('z', 'b', 'c')]);
    expect(only('none', given).group).toBe('little-to-gain');
    expect(only('asked', given, { audit: audit({ goal: 'cluster_maintaining' }) }).group).toBe('worth-doing');
  });

  it.each([
    ['a VM has left its host', cloud([move('x', 'b', 'c')]), {}],
    ['a VM is gone', cloud([move('x', 'a', 'c'), move('nobody', 'a', 'c')]), {}],
    ['its time is up', cloud([move('x', 'a', 'c')]), { plan: plan('old', { createdAt: NOW - 24 * HOUR_MS }) }],
    ['all of its moves are skipped', cloud([move('x', 'a', 'c', { state: 'SKIPPED' })]), {}],
  ])('say that a plan does not hold as it stands when %s', (_, given, more) => {
    expect(only('not', given, more).group).toBe('not-as-it-stands');
  });
});

describe('whether a plan is still true', () => {
  const given = cloud([move('x', 'a', 'c')]);

  it('is no once a fifth of its hosts have moved', () => {
    expect(only('moved', given, { drift: steady(['a']) }).truth).toMatchObject({ state: 'drifted', hosts_moved: 1 });
  });

  it('does not depend on hosts that it leaves alone', () => {
    expect(only('others', given, { drift: steady(['b']) }).truth).toMatchObject({ state: 'true', hosts_moved: 0 });
  });

  it('is unknown, with the reason, if the loads can’t be compared', () => {
    const drift = { ...steady(), moved: null, reason: 'Prometheus has no measurements.' };
    expect(only('unknown', given, { drift }).truth).toMatchObject({
      state: 'unknown',
      hosts_moved: null,
      reason: 'Prometheus has no measurements.',
    });
  });
});

describe('the order', () => {
  const names = (ranked: RankedPlan[]) => ranked.map(({ plan: { id } }) => id);
  const small = waits('small', cloud([move('z', 'b', 'c')]));
  const cools = waits('cools', cloud([move('x', 'a', 'c')]));
  const both = waits('both', cloud([move('x', 'a', 'c'), move('y', 'a', 'c')]));

  it('is by group, hot hosts ended, spread removed', () => {
    // With both, 50, 50 and 50: the spread is 0.
    expect(names(rank(small, cools, both))).toEqual(['both', 'cools', 'small']);
  });

  it('prefers less to copy, then the newer plan, where plans bring the same', () => {
    const heavy = [vm('x', 'a', { cores: 20, ram: 64 * GIB })];
    const copies = waits('copies', cloud([move('x', 'a', 'c')], { vms: heavy }));
    const newer = waits('newer', cloud([move('x', 'a', 'c')]), { plan: plan('newer', { createdAt: NOW - MINUTE_MS }) });
    expect(names(rank(copies, cools, newer))).toEqual(['newer', 'cools', 'copies']);
  });

  it('begins with what was asked for, unless a host is hot', () => {
    const asked = audit({ goal: 'cluster_maintaining' });
    const calm = [host('a', 60), host('b', 50), host('c', 10)];
    const balances = waits('balances', cloud([move('x', 'a', 'c')], { hosts: calm }));
    const maintains = waits('maintains', cloud([move('z', 'b', 'c')], { hosts: calm }), { audit: asked });
    expect(names(rank(balances, maintains))).toEqual(['maintains', 'balances']);
    expect(names(rank(cools, waits('maintains', cloud([move('z', 'b', 'c')]), { audit: asked })))).toEqual([
      'cools',
      'maintains',
    ]);
  });

  it('ends with plans that shut running VMs off, even if they were asked for', () => {
    const asked = audit({ goal: 'cluster_maintaining' });
    const calm = [host('a', 60), host('b', 50), host('c', 10)];
    const balances = waits('balances', cloud([move('x', 'a', 'c')], { hosts: calm }));
    const stops = waits('stops', cloud([shutdown('x')], { hosts: calm }), { audit: asked });
    expect(names(rank(stops, balances))).toEqual(['balances', 'stops']);
  });

  it('names a better plan that has all moves of another', () => {
    const [first, second] = rank(cools, both);
    expect(first?.worth.part_of).toBeNull();
    expect(second?.worth.part_of).toEqual({ audit_id: 'audit', audit_name: 'nightly', plan_id: 'both' });
  });
});

describe('the plan to recommend', () => {
  const better = cloud([move('x', 'a', 'c'), move('y', 'a', 'c')]);
  const good = waits('good', cloud([move('x', 'a', 'c')]));

  it('is the best that still holds', () => {
    expect(chooseBest(rank(good, waits('best', better)))?.plan.id).toBe('best');
    expect(chooseBest(rank(good, waits('drifted', better, { drift: steady(['a', 'c']) })))?.plan.id).toBe('good');
  });

  it('may be one whose loads of then are unknown, but not without the loads of now', () => {
    const unmeasured = HOSTS.map((one) => ({ ...one, cpu_used: null }));
    const asked = { audit: audit({ goal: 'cluster_maintaining' }), drift: null };
    expect(chooseBest(rank(waits('then', better, { drift: null })))?.plan.id).toBe('then');
    expect(chooseBest(rank(waits('now', { ...better, hosts: unmeasured }, asked)))).toBeNull();
  });

  it('never has nothing left to move, and is none if no plan holds', () => {
    const nothing = waits('nothing', cloud([move('x', 'a', 'c', { state: 'SKIPPED' })]));
    const expired = waits('expired', better, { plan: plan('expired', { createdAt: 0 }) });
    expect(chooseBest(rank(nothing, expired))).toBeNull();
  });
});
