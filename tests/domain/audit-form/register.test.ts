import { describe, expect, it } from 'vitest';
import { listLeft } from '@/lib/domain/audit-form/left-plans';
import {
  byGravity,
  describeRepeating,
  isRepeating,
  type RegisterFacts,
  summaryOf,
  titleOf,
} from '@/lib/domain/audit-form/register';
import type { AuditCase } from '@/lib/domain/plans/audit-case';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';

const NOW = Date.parse('2026-02-12T03:06:00Z');
const audit = (more: Partial<Audit> = {}): Audit => ({
  id: 'id',
  name: 'nightly',
  type: 'CONTINUOUS',
  state: 'ONGOING',
  goal: 'workload_balancing',
  strategy: 'workload_balance',
  parameters: {},
  scope: [],
  interval: '600',
  autoTrigger: false,
  force: false,
  nextRunAt: NOW + 4 * MINUTE_MS,
  startAt: null,
  endAt: null,
  hostname: 'ctl-1',
  statusMessage: null,
  createdAt: NOW - 48 * HOUR_MS,
  updatedAt: NOW - 7 * HOUR_MS,
  ...more,
});
const plan = (id: string, state: string, hoursAgo: number): ActionPlan => ({
  id,
  auditId: 'id',
  strategy: 'workload_balance',
  state,
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: NOW - hoursAgo * HOUR_MS,
  updatedAt: NOW - hoursAgo * HOUR_MS,
});
const FACTS: RegisterFacts = {
  now: NOW,
  taken: new Set(['nightly']),
  engines: 1,
  suspended: null,
  moved: null,
  movedReason: null,
};
type With = { plans?: ActionPlan[]; actions?: Record<string, unknown>; facts?: Partial<RegisterFacts> };
const describeOne = (more: Partial<Audit> = {}, { plans = [], actions = {}, facts }: With = {}) =>
  describeRepeating(
    // Only how many actions there are matters here.
    { audit: audit(more), plans, shown: plans[0] ?? null, actions: actions as AuditCase['actions'] },
    { ...FACTS, ...facts },
  );

describe('the register of repeating audits', () => {
  it('has audits that run by themselves or by a call, and dead ones, but none that somebody has ended', () => {
    const states = ['PENDING', 'ONGOING', 'SUSPENDED', 'FAILED', 'SUCCEEDED', 'CANCELLED'];
    expect(states.filter((state) => isRepeating(audit({ state, nextRunAt: null }), NOW))).toEqual(states.slice(0, 4));
    expect(isRepeating(audit({ type: 'EVENT', state: 'SUCCEEDED' }), NOW)).toBe(true);
    expect(isRepeating(audit({ type: 'ONESHOT' }), NOW)).toBe(false);
  });

  it('says when an audit runs next, and that it is overdue', () => {
    expect(describeOne()).toMatchObject({ next_run_at: NOW + 4 * MINUTE_MS, overdue: false, standing: 'runs' });
    expect(describeOne({ nextRunAt: NOW - 3 * MINUTE_MS })).toMatchObject({ overdue: true });
    const first = describeOne({ state: 'PENDING', nextRunAt: null, interval: '0 4 * * *' });
    expect(first).toMatchObject({ standing: 'first-run', next_run_at: Date.parse('2026-02-12T04:00:00Z') });
  });

  it('says since when an audit is dead or suspended, and what can be done', () => {
    const dead = describeOne({ state: 'FAILED' });
    expect(dead).toMatchObject({ standing: 'dead', next_run_at: null, last: 'Failed', runs: ['failed'], archive: [] });
    expect(dead.resume).toHaveLength(1);
    const suspended = describeOne({ state: 'SUSPENDED' });
    expect([suspended.since, suspended.text]).toEqual([NOW - 7 * HOUR_MS, 'It runs once somebody resumes it.']);
    expect(dead.text).toContain('only in the log');
    expect(describeOne({ state: 'FAILED', statusMessage: 'No metric' }).text).toContain('Watcher says: No metric');
    expect([suspended.resume, suspended.archive]).toEqual([[], []]);
    expect(suspended.end[0]?.text).toContain('resume it first');
  });

  it('shows an interval that Watcher can’t read, and lets nobody resume an audit with one', () => {
    expect(describeOne({ interval: 'every day' })).toMatchObject({ standing: 'unreadable', next_run_at: null });
    expect(describeOne({ interval: '@daily' })).toMatchObject({ standing: 'runs', every: '“@daily”' });
    const suspended = describeOne({ interval: 'every day', state: 'SUSPENDED' });
    expect(suspended.resume[0]?.text).toContain('change that first');
  });

  it('keeps one that was set to SUCCEEDED, which Watcher runs again, until its end is over', () => {
    const set = { state: 'SUCCEEDED', nextRunAt: NOW + MINUTE_MS };
    expect(isRepeating(audit(set), NOW)).toBe(true);
    expect(isRepeating(audit({ ...set, endAt: NOW - MINUTE_MS }), NOW)).toBe(false);
    expect(isRepeating(audit({ ...set, nextRunAt: NOW - HOUR_MS }), NOW)).toBe(false);
    expect(describeOne(set)).toMatchObject({ standing: 'returns', next_run_at: NOW + MINUTE_MS, archive: [] });
  });

  it('lists plans that wait although their audit runs no more', () => {
    const caseOf = (more: Partial<Audit>, id: string): AuditCase => {
      const plans = [plan(id, 'RECOMMENDED', 2), plan(`${id}-old`, 'CANCELLED', 4)];
      return { audit: audit(more), plans, shown: plans[0] ?? null, actions: {} };
    };
    const cases = [
      caseOf({ state: 'CANCELLED' }, 'ended'),
      caseOf({ state: 'FAILED', type: 'EVENT' }, 'dead'),
      caseOf({ state: 'SUSPENDED' }, 'suspended'),
      caseOf({ type: 'EVENT', state: 'SUCCEEDED' }, 'on-call'),
      caseOf({ type: 'ONESHOT', state: 'SUCCEEDED' }, 'once'),
    ];
    expect(listLeft(cases, NOW).map(({ plan_id: id }) => id)).toEqual(['ended', 'dead']);
    expect(describeOne({}, { plans: [plan('a', 'RECOMMENDED', 1)] }).ending.at(-1)).toContain('can still be started');
  });

  it('says why a run may be overdue', () => {
    const late = { nextRunAt: NOW - HOUR_MS };
    expect(describeOne(late, { facts: { engines: 0 } }).text).toContain('No decision engine is up');
    expect(describeOne(late, { facts: { engines: null } }).text).toContain('is stuck');
  });

  it('says how many moves the last plan has, as Watcher counts them', () => {
    const efficacy = [{ name: 'instance_migrations_count', description: null, unit: null, value: 3 }];
    const plans = [{ ...plan('a', 'SUCCEEDED', 1), hostname: 'ctl-1', efficacy }];
    expect(describeOne({}, { plans }).last).toBe('3 moves proposed, done');
  });

  it('shows what the last plans were, oldest first', () => {
    const plans = [plan('c', 'RECOMMENDED', 1), plan('b', 'SUCCEEDED', 2), plan('a', 'FAILED', 30)];
    const action = { id: 'x' };
    const one = describeOne({}, { plans, actions: { c: [action, action], b: [] } });
    expect(one.runs).toEqual(['failed', 'nothing', 'moves']);
    expect(one.last).toBe('2 actions proposed, waits for you');
    expect(one.archiving[1]).toContain('can still be started');
  });

  it('is titled by gravity, and orders audits so', () => {
    const all = [describeOne(), describeOne({ state: 'FAILED' }), describeOne({ name: 'trickle', autoTrigger: true })];
    expect(titleOf(all)).toBe('1 audit starts plans without asking, 1 is dead');
    expect(all.sort(byGravity).map(({ standing, auto_trigger: starts }) => [starts, standing])).toEqual([
      [true, 'runs'],
      [false, 'dead'],
      [false, 'runs'],
    ]);
    expect(titleOf([describeOne({ state: 'FAILED' })])).toBe('1 audit is dead');
    expect(titleOf([describeOne()])).toBe('1 audit repeats');
    expect(titleOf([])).toBe('No audit repeats');
    expect(summaryOf(all)).toBe('3 audits repeat: 2 run, 1 is dead.');
  });
});
