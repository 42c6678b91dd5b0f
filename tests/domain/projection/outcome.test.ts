import { describe, expect, it } from 'vitest';
import type { Migration, ProjectedHost } from '@/lib/contract/v1/audits';
import { effectOf, summarizeOutcome } from '@/lib/domain/projection/outcome';
import type { PlanView } from '@/lib/domain/projection/plan-projection';
import { meanOf, spreadOf } from '@/lib/domain/projection/spread';
import type { ActionPlan } from '@/lib/openstack/records';
import { GIB } from '@/lib/units';
import { host as hostOf, migration as migrationOf } from '../../components/audit-samples';
import { cluster, hypervisor, server } from '../build';

const LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

const plan = (state = 'RECOMMENDED', more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state,
  efficacy: [],
  globalEfficacy: [],
  statusMessage: null,
  createdAt: 1_000,
  updatedAt: null,
  ...more,
});

const load = (host: string, now: number | null, after: number | null, more: Partial<ProjectedHost> = {}) =>
  hostOf({ host, cpu_current: now, cpu_projected: after, ram_current: 50, ram_projected: 50, ...more });
const move = (source: string, destination: string | null, more: Partial<Migration> = {}) =>
  migrationOf({ source, destination, ram: 4 * GIB, ...more });

function view(hosts: ProjectedHost[], migrations: Migration[], reason: string | null = null): PlanView {
  return {
    migrations,
    projection: {
      basis: 'now',
      as_of: 5_000,
      reason,
      confidence: 'measured',
      hosts,
      coverage: {
        moves: migrations.length,
        projected: 0,
        measured: 0,
        estimated: 0,
        left_out: [],
        scheduler_chosen: 0,
      },
    },
  };
}

const CLUSTER = cluster({
  hypervisors: ['a', 'b', 'c'].map((name) => hypervisor(name)),
  servers: [server('1', 'a'), server('2', 'a'), server('3', 'b', { status: 'SHUTOFF' }), server('4', 'c')],
});
const context = { goal: 'workload_balancing', plan: plan(), cluster: CLUSTER, limits: LIMITS };
const consolidation = { ...context, goal: 'server_consolidation' };

describe('spread', () => {
  it('is the population standard deviation', () => {
    // Mean 5; deviations 3, 1, 1, 1, 0, 0, 2, 4: their squares sum up to 32, a mean of 4.
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
    expect(spreadOf([40])).toBe(0);
  });

  it('of nothing is not known', () => {
    expect([spreadOf([]), meanOf([])]).toEqual([null, null]);
  });
});

describe('the outcome of a plan', () => {
  // 90, 50, 10: mean 50, squares 1600 + 0 + 1600. After: 70, 50, 30: squares 400 + 0 + 400.
  const hosts = [load('a', 90, 70), load('b', 50, 50), load('c', 10, 30)];

  it('tells spread, mean, the hottest host and the hosts at the limits, now and after', () => {
    const { cpu, ram } = summarizeOutcome(view(hosts, [move('a', 'c')]), context);
    expect(cpu.spread.now).toBeCloseTo(Math.sqrt(3200 / 3), 9);
    expect(cpu.spread.after).toBeCloseTo(Math.sqrt(800 / 3), 9);
    expect(cpu).toMatchObject({
      hosts: 3,
      changed: 2,
      mean: { now: 50, after: 50 },
      hottest: { now: { host: 'a', load: 90 }, after: { host: 'a', load: 70 } },
      hot: { now: 1, after: 0 },
      warm: { now: 0, after: 1 },
    });
    expect(ram).toMatchObject({ spread: { now: 0, after: 0 }, changed: 0, hot_from: 95 });
  });

  it('leaves hosts without a measurement out, and knows nothing where none has one', () => {
    const some = summarizeOutcome(view([load('a', 40, 40), load('b', null, null)], []), context);
    expect(some.cpu).toMatchObject({ hosts: 1, spread: { now: 0, after: 0 } });
    const none = summarizeOutcome(view([load('a', null, null)], []), context);
    expect(none.cpu).toMatchObject({
      hosts: 0,
      changed: null,
      spread: { now: null, after: null },
      hottest: { now: null, after: null },
      hot: { now: null, after: null },
    });
    expect(effectOf(none)).toBeNull();
  });

  it('of a plan that could not be applied has no after, rather than the same as now', () => {
    const past = view(hosts, [move('a', 'c', { problem: 'no-history' })], 'Prometheus has no measurements.');
    const outcome = summarizeOutcome(past, { ...context, plan: plan('SUCCEEDED') });
    expect(outcome.cpu).toMatchObject({ changed: null, hot: { now: 1, after: null }, hottest: { after: null } });
    expect(outcome).toMatchObject({ moves: 1, moves_left: 1, reason: 'Prometheus has no measurements.' });
    expect(effectOf(outcome)).toBeNull();
  });

  it('counts what is left to do: hosts once, RAM of live migrations', () => {
    const outcome = summarizeOutcome(
      view(hosts, [
        move('a', 'c'),
        move('a', 'b'),
        move('a', 'b', { migration_type: 'cold' }),
        move('b', null, { problem: 'no-destination' }),
        move('d', 'e', { problem: 'done' }),
        move('f', 'g', { problem: 'vm-gone', ram: null }),
      ]),
      context,
    );
    expect(outcome).toMatchObject({ moves: 6, moves_left: 4, hosts_touched: 3, ram_to_copy: 12 * GIB });
    expect(summarizeOutcome(view(hosts, [move('a', 'c', { ram: null })]), context).ram_to_copy).toBeNull();
  });
});

describe('hosts that a plan empties', () => {
  const vm = (id: string, source: string, destination: string) => move(source, destination, { server_id: id });

  it('have running VMs now and none after it', () => {
    const { emptied } = summarizeOutcome(view([], [vm('1', 'a', 'c'), vm('2', 'a', 'c')]), consolidation);
    expect(emptied).toEqual({ count: 1, hosts: ['a'], vms_left: 0, by: 'projection' });
    // One of the two stays; what leaves and what comes make no difference to c; b has none that runs.
    expect(summarizeOutcome(view([], [vm('1', 'a', 'c')]), consolidation).emptied?.count).toBe(0);
    expect(summarizeOutcome(view([], [vm('4', 'c', 'a'), vm('1', 'a', 'c')]), consolidation).emptied?.count).toBe(0);
    expect(summarizeOutcome(view([], [vm('3', 'b', 'a')]), consolidation).emptied?.count).toBe(0);
  });

  it('may keep VMs that don’t run, which is told', () => {
    const withStopped = cluster({
      hypervisors: ['a', 'b'].map((name) => hypervisor(name)),
      servers: [server('1', 'a'), server('2', 'a', { status: 'SHUTOFF' }), server('3', 'b')],
    });
    const told = (moves: Migration[]) => summarizeOutcome(view([], moves), { ...consolidation, cluster: withStopped });
    expect(told([vm('1', 'a', 'b')]).emptied).toMatchObject({ count: 1, vms_left: 1 });
    expect(told([vm('1', 'a', 'b'), vm('2', 'a', 'b')]).emptied).toMatchObject({ count: 1, vms_left: 0 });
  });

  it('are not asked for where the goal is another', () => {
    expect(summarizeOutcome(view([], [move('b', 'a')]), context).emptied).toBeNull();
  });

  it('are what Watcher told of a plan that is over, else not known', () => {
    const told = plan('SUCCEEDED', {
      efficacy: [{ name: 'released_compute_nodes_count', description: null, unit: null, value: 2 }],
    });
    const over = (executed: ActionPlan) =>
      summarizeOutcome(view([], [move('b', 'a')]), { ...consolidation, plan: executed }).emptied;
    expect(over(told)).toEqual({ count: 2, hosts: [], vms_left: null, by: 'watcher' });
    expect(over(plan('SUCCEEDED'))).toEqual({ count: null, hosts: [], vms_left: null, by: null });
  });
});

describe('what a list tells of a plan', () => {
  it('is the change of the spread, and for plans that empty hosts how many', () => {
    const hosts = [load('a', 60, 50), load('b', 40, 50)];
    expect(effectOf(summarizeOutcome(view(hosts, [move('a', 'b')]), context))).toEqual({
      spread_change: -10,
      hosts_emptied: null,
    });
    expect(effectOf(summarizeOutcome(view(hosts, [move('c', 'a', { server_id: '4' })]), consolidation))).toEqual({
      spread_change: -10,
      hosts_emptied: 1,
    });
  });

  it('is nothing without a move', () => {
    expect(effectOf(summarizeOutcome(view([load('a', 60, 60)], []), context))).toBeNull();
  });
});
