import { describe, expect, it } from 'vitest';
import { effectOf, summarizeOutcome } from '@/lib/domain/projection/outcome';
import { projectPlan } from '@/lib/domain/projection/plan-projection';
import type { Action, ActionPlan, Server } from '@/lib/openstack/records';
import { GIB } from '@/lib/units';
import { cluster, hypervisor, migrate, server, target } from '../build';

const LIMITS = { cpu: { warm: 70, hot: 85 }, ram: { warm: 85, hot: 95 } };

const plan = (state = 'RECOMMENDED', more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state,
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 1_000,
  updatedAt: null,
  ...more,
});

type Given = {
  /** Cores in use of 100, by host; null where not measured. */
  loads: Record<string, number | null>;
  servers?: Server[];
  actions?: Action[];
  goal?: string;
  plan?: ActionPlan;
};

/** Hosts of 100 CPUs, so that cores are percent, and VMs that use 20 of them. */
function outcome({ loads, servers = [], actions = [], goal = 'workload_balancing', plan: of = plan() }: Given) {
  const joined = cluster({
    hypervisors: Object.keys(loads).map((name) => hypervisor(name)),
    servers,
    targets: Object.entries(loads).map(([name, used]) => target(name, { cpus: 100, used: used })),
  });
  const use = Object.fromEntries(servers.map(({ id }) => [id, { cores: 20, memoryBytes: 4 * GIB }]));
  const view = projectPlan(
    { plan: of, actions, cluster: joined, happened: new Map() },
    { measuredAt: 5_000, use, history: {}, hostLabels: ['instance'] },
  );
  return summarizeOutcome(view, { goal, plan: of, limits: LIMITS });
}

describe('the outcome of a plan', () => {
  // 90, 50, 10: mean 50, squares 1600 + 0 + 1600. After: 70, 50, 30: squares 400 + 0 + 400.
  const loads = { a: 90, b: 50, c: 10 };
  const servers = [server('x', 'a'), server('y', 'b')];
  const actions = [migrate('1', ['x', 'a', 'c'])];

  it('has the spread, mean, hottest host and hosts at the limits, now and after', () => {
    const { cpu, ram } = outcome({ loads, servers, actions });
    expect(cpu.spread.now).toBeCloseTo(Math.sqrt(3200 / 3), 9);
    expect(cpu.spread.after).toBeCloseTo(Math.sqrt(800 / 3), 9);
    expect(cpu.hottest.now?.load).toBeCloseTo(90, 9);
    expect(cpu.hottest.after?.load).toBeCloseTo(70, 9);
    expect(cpu).toMatchObject({
      hosts: 3,
      changed: 2,
      hottest: { now: { host: 'a' }, after: { host: 'a' } },
      hot: { now: 1, after: 0 },
      warm: { now: 0, after: 1 },
    });
    // 4 of 100 GiB go from a, which has 40 in use, to c.
    expect(ram).toMatchObject({ changed: 2, hot_from: 95, mean: { now: 40, after: 40 } });
  });

  it('leaves out hosts that are not measured, and is unknown if none is', () => {
    expect(outcome({ loads: { a: 40, b: null } }).cpu).toMatchObject({ hosts: 1, spread: { now: 0, after: 0 } });
    const none = outcome({ loads: { a: null } });
    expect(none.cpu).toMatchObject({
      hosts: 0,
      changed: null,
      spread: { now: null, after: null },
      hottest: { now: null, after: null },
      hot: { now: null, after: null },
    });
    expect(effectOf(none)).toBeNull();
  });

  it('has no load after a plan that could not be applied', () => {
    const over = outcome({ loads, servers, actions, plan: plan('SUCCEEDED') });
    expect(over.cpu).toMatchObject({ changed: null, hot: { now: 1, after: null }, hottest: { after: null } });
    expect(over).toMatchObject({ moves: 1, moves_left: 1 });
    expect(over.reason).toMatch(/have not been read yet/);
    expect(effectOf(over)).toBeNull();
  });

  it('counts the moves still to run and what they cost', () => {
    const more = [...actions, migrate('2', ['y', 'b', 'c'], { state: 'SKIPPED' }), migrate('3', ['gone', 'a', 'c'])];
    expect(outcome({ loads, servers, actions: more })).toMatchObject({
      moves: 3,
      moves_left: 1,
      hosts_touched: 2,
      ram_to_copy: 4 * GIB,
    });
  });
});

describe('hosts that a plan empties', () => {
  const loads = { a: 60, b: 40, c: 20 };
  const servers = [server('1', 'a'), server('2', 'a', { status: 'SHUTOFF' }), server('4', 'c')];
  const emptied = (goal: string, of = plan()) =>
    outcome({ loads, servers, actions: [migrate('1', ['1', 'a', 'c'])], goal, plan: of }).emptied;

  it('run no VM afterwards; stopped VMs may stay', () => {
    expect(emptied('server_consolidation')).toEqual({ count: 1, hosts: ['a'], vms_left: 1, by: 'projection' });
  });

  it('are not counted for other goals', () => {
    expect(emptied('workload_balancing')).toBeNull();
  });

  it('come from Watcher’s own count if the plan is over', () => {
    const reported = plan('SUCCEEDED', {
      efficacy: [{ name: 'released_compute_nodes_count', description: null, unit: null, value: 2 }],
    });
    expect(emptied('server_consolidation', reported)).toEqual({ count: 2, hosts: [], vms_left: null, by: 'watcher' });
    expect(emptied('server_consolidation', plan('SUCCEEDED'))).toEqual({
      count: null,
      hosts: [],
      vms_left: null,
      by: null,
    });
  });
});

describe('the effect of a plan in a list', () => {
  const given = { loads: { a: 60, b: 40 }, servers: [server('x', 'a')], actions: [migrate('1', ['x', 'a', 'b'])] };

  it('is the change in spread, and the number of hosts emptied if that is the goal', () => {
    // 60 and 40 become 40 and 60.
    const even = effectOf(outcome(given));
    expect(even?.spread_change).toBeCloseTo(0, 9);
    expect(even?.hosts_emptied).toBeNull();
    expect(effectOf(outcome({ ...given, goal: 'server_consolidation' }))?.hosts_emptied).toBe(1);
  });

  it('is unknown without a move', () => {
    expect(effectOf(outcome({ ...given, actions: [] }))).toBeNull();
  });
});
