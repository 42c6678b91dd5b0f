import { describe, expect, it } from 'vitest';
import type { Happened } from '@/lib/contract/v1/happened';
import { compareWithPromise, meanByStrategy } from '@/lib/domain/projection/delivered';
import type { Disturbance } from '@/lib/domain/projection/disturbances';
import { runOf } from '@/lib/domain/projection/executed-run';
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
const run = (actions: Action[], byAction: ReadonlyMap<string, Happened> = new Map()) =>
  runOf(plan(), actions, { cluster: joined, windowMs: 5 * MINUTE_MS, happened: { byAction, own: new Set(['own']) } });

/** 100 CPUs each, so that cores are percent. */
const past = (after: { a: number; b: number }, before = { a: 60, b: 20 }): PlanPast => ({
  moments: { made: 0, before: 0, after: 0 },
  made: [target('a', { cpus: 100, used: 60 }), target('b', { cpus: 100, used: 20 })],
  before: [target('a', { cpus: 100, used: before.a }), target('b', { cpus: 100, used: before.b })],
  after: [target('a', { cpus: 100, used: after.a }), target('b', { cpus: 100, used: after.b })],
  use: { vm: { cores: 10, memoryBytes: null } },
});

type When = {
  now?: number;
  disturbances?: Disturbance[];
  byAction?: ReadonlyMap<string, Happened>;
  known?: Parameters<typeof compareWithPromise>[2]['known'];
};
const ALL_KNOWN = { covered: { from: -60 * MINUTE_MS, until: 200 * MINUTE_MS }, reason: null };
const compare = (
  actions: Action[],
  given: PlanPast | null,
  { now = 100 * MINUTE_MS, disturbances = [], byAction, known = ALL_KNOWN }: When = {},
) =>
  compareWithPromise(run(actions, byAction), given, {
    cluster: joined,
    hostLabels: ['instance'],
    now,
    windowMs: 5 * MINUTE_MS,
    disturbances,
    known,
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

  const other = (host: string, minutes: number, more: Partial<Disturbance> = {}): Disturbance[] => [
    {
      hosts: [host, 'c'],
      from: minutes * MINUTE_MS,
      until: minutes * MINUTE_MS,
      planId: 'other',
      migrationId: 'theirs',
      serverId: 'other-vm',
      text: `Something moved on ${host}.`,
      ...more,
    },
  ];

  it('does not blame a plan for the moves of another', () => {
    const found = (disturbances: Disturbance[]) => compare(moved(), past({ a: 52, b: 29 }), { disturbances });
    // Only b is left to judge by: 29 instead of 30.
    expect(found(other('a', 20)).mean_error).toBeCloseTo(1);
    expect(found(other('a', 90)).mean_error).toBeCloseTo(1.5);
    expect(found([...other('a', 20), ...other('b', 20)])).toMatchObject({ state: 'disturbed', mean_error: null });
    // The plan's own moves are no disturbance.
    expect(found(other('a', 30, { planId: 'plan', migrationId: 'own' })).state).toBe('measured');
    expect(found(other('a', 30, { planId: null, migrationId: 'own' })).hosts[0]?.disturbed).toBe(false);
  });

  it('does not blame a plan for what somebody did by hand, and says what it was', () => {
    const found = (more: Partial<Disturbance>) =>
      compare(moved(), past({ a: 52, b: 29 }), { disturbances: other('a', 20, { planId: null, ...more }) }).hosts[0];
    expect(found({})).toMatchObject({ disturbed: true, disturbances: ['Something moved on a.'] });
    // A VM was stopped, but it is one that the plan itself acts on.
    expect(found({ migrationId: null, serverId: 'vm' })).toMatchObject({ disturbed: false, disturbances: [] });
    // It began before the plan was made and still runs.
    expect(found({ from: -90 * MINUTE_MS, until: Number.POSITIVE_INFINITY })?.disturbed).toBe(true);
  });

  it('counts a VM that was created on a host in the meantime', () => {
    const young = server('young', 'b', { createdAt: 28 * MINUTE_MS });
    const grown = cluster({ hypervisors: ['a', 'b'].map((host) => hypervisor(host)), servers: [young] });
    const { hosts } = compareWithPromise(run(moved()), past({ a: 52, b: 29 }), {
      cluster: grown,
      hostLabels: ['instance'],
      now: 100 * MINUTE_MS,
      windowMs: 5 * MINUTE_MS,
      disturbances: [],
      known: ALL_KNOWN,
      failure: null,
    });
    expect(hosts.map(({ host, disturbances }) => [host, disturbances])).toEqual([
      ['a', []],
      ['b', ['name-of-young: created, 1970-01-01 00:28 UTC.']],
    ]);
  });

  it('says so if moves outside the plans could not be ruled out', () => {
    const { state, unchecked } = compare(moved(), past({ a: 52, b: 29 }), {
      known: { covered: null, reason: 'Nova denied access.' },
    });
    expect(state).toBe('measured');
    expect(unchecked).toBe('Moves outside Watcher’s plans could not be ruled out. Nova denied access.');
    expect(compare(moved(), past({ a: 52, b: 29 })).unchecked).toBeNull();
  });

  const SAID: Happened = {
    result: 'moved',
    evidence: 'migration',
    started_at: 28 * MINUTE_MS,
    ended_at: 33 * MINUTE_MS,
    destination: 'b',
    migration_id: 'own',
    differs: true,
    text: '',
  };

  it('counts what Nova finished as promised, whatever Watcher says, at the times of Nova', () => {
    const left = moved({ state: 'ONGOING', updatedAt: 27 * MINUTE_MS });
    const byAction = new Map([['1', SAID]]);
    expect(run(left, byAction).moments).toEqual({ made: 0, before: 28 * MINUTE_MS, after: 39 * MINUTE_MS });
    const { state, moves_done, moves_only_nova, hosts } = compare(left, past({ a: 52, b: 29 }), { byAction });
    expect([state, moves_done, moves_only_nova]).toEqual(['measured', 1, 1]);
    expect(hosts.map(({ error }) => Math.round(error ?? 99))).toEqual([2, -1]);
    // Without Nova's word nothing would have run.
    expect(compare(left, past({ a: 52, b: 29 })).state).toBe('nothing-ran');
  });

  it('waits for what Nova is still running', () => {
    const byAction = new Map([['1', { ...SAID, result: 'running' as const, ended_at: null }]]);
    expect(compare(moved({ state: 'FAILED' }), null, { byAction })).toMatchObject({
      state: 'too-early',
      moves_running: 1,
      reason: 'Nova is still running 1 move of this plan.',
    });
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
      audit_name: 'a',
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
