import { describe, expect, it } from 'vitest';
import { compareWithPromise, meanByStrategy, type Passage, runOf } from '@/lib/domain/projection/delivered';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import type { PlanPast } from '@/lib/readings/plan-past';
import { MINUTE_MS } from '@/lib/units';
import { cluster, hypervisor, migrate, server, target } from '../build';

const plan = (more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: 'workload_balance',
  state: 'SUCCEEDED',
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 0,
  updatedAt: 60 * MINUTE_MS,
  ...more,
});

/** The VM is on b by now; the plan moved it there from a. */
const joined = cluster({ hypervisors: ['a', 'b', 'c'].map((host) => hypervisor(host)), servers: [server('vm', 'b')] });
const moved = (more: Partial<Action> = {}): Action[] => [
  migrate('1', ['vm', 'a', 'b'], { state: 'SUCCEEDED', updatedAt: 30 * MINUTE_MS, ...more }),
];
const run = (actions: Action[]) => runOf(plan(), actions, { cluster: joined, windowMs: 5 * MINUTE_MS });

/** 100 CPUs each, so that cores are percent. */
const past = (after: { a: number; b: number }, before = { a: 60, b: 20 }): PlanPast => ({
  moments: { made: 0, before: 0, after: 0 },
  made: [target('a', { cpus: 100, used: 60 }), target('b', { cpus: 100, used: 20 })],
  before: [target('a', { cpus: 100, used: before.a }), target('b', { cpus: 100, used: before.b })],
  after: [target('a', { cpus: 100, used: after.a }), target('b', { cpus: 100, used: after.b })],
  use: { vm: { cores: 10, memoryBytes: null } },
});

type When = { now?: number; passages?: Passage[] };
const compare = (actions: Action[], given: PlanPast | null, { now = 100 * MINUTE_MS, passages = [] }: When = {}) =>
  compareWithPromise(run(actions), given, {
    cluster: joined,
    hostLabels: ['instance'],
    now,
    windowMs: 5 * MINUTE_MS,
    passages,
    failure: 'Prometheus is away.',
  });

describe('comparing promised with delivered', () => {
  it('measures before the first move and a whole window after the last', () => {
    const two = [...moved(), migrate('2', ['vm2', 'a', 'b'], { state: 'SUCCEEDED', updatedAt: 40 * MINUTE_MS })];
    expect(run(two).moments).toEqual({ made: 0, before: 25 * MINUTE_MS, after: 46 * MINUTE_MS });
    // A plan that ran at once was made before its first move, not five minutes earlier.
    expect(run(moved({ updatedAt: MINUTE_MS })).moments?.before).toBe(0);
  });

  it('reports by how many points the promise was missed', () => {
    // a: 60 − 10 = 50 was promised and 52 came; b: 20 + 10 = 30 was promised and 29 came.
    const { state, hosts, mean_error, worst } = compare(moved(), past({ a: 52, b: 29 }));
    expect(state).toBe('measured');
    expect(
      hosts.map(({ host, made, promised, after, error }) => [
        host,
        ...[made, promised, after, error].map((value) => Math.round(value ?? 999)),
      ]),
    ).toEqual([
      ['a', 60, 50, 52, 2],
      ['b', 20, 30, 29, -1],
    ]);
    expect(mean_error).toBeCloseTo(1.5);
    expect(worst?.host).toBe('a');
  });

  it('separates what the load did by itself between plan and run', () => {
    // Before the run both hosts had 5 points more than when the plan was made, and after it, too.
    const { hosts, mean_error, mean_change_error } = compare(moved(), past({ a: 55, b: 35 }, { a: 65, b: 25 }));
    expect(hosts.map(({ change_error: error }) => Math.round(error ?? 99) + 0)).toEqual([0, 0]);
    expect([mean_error, mean_change_error].map((error) => Math.round(error ?? 99) + 0)).toEqual([5, 0]);
  });

  it('does not blame a plan for the moves of another', () => {
    const other = (host: string, minutes: number) => [{ planId: 'other', hosts: [host, 'c'], at: minutes * MINUTE_MS }];
    const found = (passages: Passage[]) => compare(moved(), past({ a: 52, b: 29 }), { passages });
    // Only b is left to judge by: 29 instead of 30.
    expect(found(other('a', 20)).mean_error).toBeCloseTo(1);
    expect(found(other('a', 90)).mean_error).toBeCloseTo(1.5);
    expect(found([...other('a', 20), ...other('b', 20)])).toMatchObject({ state: 'disturbed', mean_error: null });
    // The plan's own moves are no disturbance.
    expect(found([{ planId: 'plan', hosts: ['a', 'b'], at: 30 * MINUTE_MS }]).state).toBe('measured');
  });

  it('promises only the moves that were done', () => {
    const failed = [...moved(), migrate('2', ['vm2', 'a', 'b'], { state: 'FAILED', updatedAt: 40 * MINUTE_MS })];
    const { moves_done, moves_total, hosts } = compare(failed, past({ a: 50, b: 30 }));
    expect([moves_done, moves_total]).toEqual([1, 2]);
    expect(hosts.map(({ error }) => Math.round(error ?? 99) + 0)).toEqual([0, 0]);
  });

  it('gives the reason if there is nothing to compare', () => {
    expect(compare(moved({ state: 'FAILED' }), null)).toMatchObject({ state: 'nothing-ran', hosts: [] });
    expect(compare(moved(), null, { now: 32 * MINUTE_MS })).toMatchObject({
      state: 'too-early',
      after_at: 36 * MINUTE_MS,
    });
    expect(compare(moved(), null)).toMatchObject({ state: 'no-history', reason: 'Prometheus is away.' });
    const nothing = { ...past({ a: 0, b: 0 }), made: [], before: [], after: [] };
    expect(compare(moved(), nothing)).toMatchObject({ state: 'no-history', mean_error: null });
  });

  it('averages over the plans of each strategy', () => {
    const row = (strategy: string, error: number | null) => ({
      audit_id: 'a',
      audit: 'a',
      plan_id: String(error),
      strategy,
      state: 'measured' as const,
      created_at: 0,
      moves_done: 1,
      mean_error: error,
      mean_change_error: error,
    });
    expect(meanByStrategy([row('x', 1), row('y', 4), row('x', 3), row('x', null)])).toEqual([
      { strategy: 'x', plans: 2, mean_error: 2, mean_change_error: 2 },
      { strategy: 'y', plans: 1, mean_error: 4, mean_change_error: 4 },
    ]);
  });
});
