import { describe, expect, it } from 'vitest';
import { byGravity, describeRepeating, isRepeating, titleOf } from '@/lib/domain/audit-form/register';
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
const describeOne = (more: Partial<Audit> = {}, plans: ActionPlan[] = [], actions = {}) =>
  describeRepeating({ audit: audit(more), plans, shown: plans[0] ?? null, actions }, NOW);

describe('the register of repeating audits', () => {
  it('has audits that run by themselves or by a call, and dead ones, but none that somebody has ended', () => {
    const states = ['PENDING', 'ONGOING', 'SUSPENDED', 'FAILED', 'SUCCEEDED', 'CANCELLED'];
    expect(states.filter((state) => isRepeating(audit({ state })))).toEqual(states.slice(0, 4));
    expect(isRepeating(audit({ type: 'EVENT', state: 'SUCCEEDED' }))).toBe(true);
    expect(isRepeating(audit({ type: 'ONESHOT' }))).toBe(false);
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
    expect(suspended.text.replace(/\s/g, ' ')).toBe('Suspended for 7 h; it runs once somebody resumes it.');
    expect([suspended.resume, suspended.archive]).toEqual([[], []]);
    expect(suspended.end[0]?.text).toContain('resume it first');
  });

  it('shows an interval that nobody can read, which blocks all others', () => {
    expect(describeOne({ interval: 'every day' })).toMatchObject({ standing: 'unreadable', next_run_at: null });
  });

  it('shows what the last plans were, oldest first', () => {
    const plans = [plan('c', 'RECOMMENDED', 1), plan('b', 'SUCCEEDED', 2), plan('a', 'FAILED', 30)];
    const action = { id: 'x' };
    const one = describeOne({}, plans, { c: [action, action], b: [] });
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
  });
});
