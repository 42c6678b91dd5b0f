import { describe, expect, it } from 'vitest';
import { explainAudit } from '@/lib/domain/explain/audit';
import type { Circumstances } from '@/lib/domain/explain/circumstances';
import { explainPlan, resultOfPlan } from '@/lib/domain/explain/plan';
import { replacementOf } from '@/lib/domain/plans/replacement';
import type { Action, ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { migrate } from './build';

/** Noon; times in a test are relative to it. */
const NOW = Date.UTC(2026, 10, 24, 12);
const ago = (minutes: number) => NOW - minutes * MINUTE_MS;

const audit = (more: Partial<Audit> = {}): Audit => ({
  id: 'audit',
  name: 'nightly',
  type: 'ONESHOT',
  state: 'SUCCEEDED',
  goal: 'workload_balancing',
  strategy: 'workload_balance',
  parameters: {},
  scope: [],
  interval: null,
  autoTrigger: false,
  force: false,
  nextRunAt: null,
  startAt: null,
  endAt: null,
  statusMessage: null,
  createdAt: ago(60),
  updatedAt: ago(60),
  ...more,
});

const plan = (more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: 'workload_balance',
  state: 'RECOMMENDED',
  efficacy: [],
  globalEfficacy: [],
  statusMessage: null,
  createdAt: ago(60),
  updatedAt: ago(58),
  ...more,
});

const service = (name: string, status = 'ACTIVE') => ({ name, status, host: 'ctl-1', lastSeenAt: ago(30) });
const SERVICES = [service('watcher-applier'), service('watcher-decision-engine')];

const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  now: NOW,
  expiryMs: 24 * HOUR_MS,
  audits: [],
  plans: [],
  services: SERVICES,
  strategies: null,
  isHost: null,
  ...more,
});

type Story = { audit?: Partial<Audit>; plans?: ActionPlan[]; actions?: Record<string, Action[]> };
const ofAudit = ({ audit: given, plans = [], actions = {} }: Story, more: Partial<Circumstances> = {}) =>
  explainAudit({ audit: audit(given), plans, actions }, circumstances({ plans, ...more }));

const inState = (...states: string[]): Action[] =>
  states.map((state, i) => migrate(String(i), [`vm-${i}`, 'a', 'b'], { state }));
const ofPlan = (given: Partial<ActionPlan>, actions: Action[] | null, more: Partial<Circumstances> = {}) =>
  explainPlan({ plan: plan(given), actions, audit: audit(), siblings: [plan(given)] }, circumstances(more));

describe('the explanation of an audit', () => {
  it('names the plan that was running when Watcher cancelled the audit', () => {
    const other = plan({ id: 'other', auditId: 'big', state: 'ONGOING', createdAt: ago(90), updatedAt: ago(89) });
    const found = ofAudit(
      { audit: { state: 'CANCELLED' } },
      { plans: [other], audits: [audit({ id: 'big', name: 'big' })] },
    );
    expect(found).toMatchObject({ code: 'another-plan-ran', certain: true });
    expect(found?.evidence[0]).toContain('The plan of big (ONGOING)');
    expect(found?.next).toContain('force');
  });

  it('is less certain if the other plan has ended in the meantime', () => {
    const over = (updatedAt: number) =>
      plan({ id: 'o', auditId: 'x', state: 'SUCCEEDED', createdAt: ago(90), updatedAt });
    const found = (updatedAt: number) => ofAudit({ audit: { state: 'CANCELLED' } }, { plans: [over(updatedAt)] });
    expect(found(ago(30))).toMatchObject({ code: 'another-plan-ran', certain: false });
    expect(found(ago(70))?.code).toBe('cancelled-by-hand');
  });

  it('assumes an admin cancelled an audit that is forced or continuous', () => {
    const other = plan({ id: 'other', auditId: 'big', state: 'ONGOING', createdAt: ago(90) });
    expect(ofAudit({ audit: { state: 'CANCELLED', force: true } }, { plans: [other] })?.code).toBe('cancelled-by-hand');
    expect(ofAudit({ audit: { state: 'CANCELLED', type: 'CONTINUOUS' } }, { plans: [other] })?.code).toBe(
      'cancelled-by-hand',
    );
  });

  it('states the thresholds with which an audit found nothing to do', () => {
    const empty = plan({ state: 'SUCCEEDED' });
    const story = { audit: { parameters: { threshold: 40 } }, plans: [empty], actions: { plan: [] } };
    const found = ofAudit(story);
    expect(found?.code).toBe('nothing-to-do');
    expect(found?.evidence).toContain('The audit ran with threshold 40.');
    // Without its actions, an empty plan looks like any other.
    expect(ofAudit({ plans: [empty] })).toBeNull();
  });

  it('lists the metrics that a strategy lacks', () => {
    const state = {
      name: 'workload_balance',
      datasource: null,
      metrics: [{ what: 'instance_cpu_usage', available: false }],
      models: [],
    };
    const strategies = new Map([['workload_balance', state]]);
    const found = ofAudit({ plans: [plan({ state: 'SUCCEEDED' })], actions: { plan: [] } }, { strategies });
    expect(found).toMatchObject({ code: 'strategy-lacks', certain: false });
    expect(found?.evidence[0]).toContain('instance_cpu_usage');
    expect(ofAudit({ audit: { state: 'FAILED' } }, { strategies })?.code).toBe('strategy-lacks');
  });

  it('says where to look if Watcher gives no reason for a failure', () => {
    const found = ofAudit({ audit: { state: 'FAILED' } });
    expect(found).toMatchObject({ code: 'failed-silent', certain: false });
    expect(found?.next).toContain('log of watcher-decision-engine for audit around 2026-11-24 11:00 UTC');
    expect(ofAudit({ audit: { state: 'FAILED', statusMessage: 'boom' } })).toMatchObject({
      code: 'failed',
      evidence: ['boom'],
    });
  });

  it('names the hosts in the parameters that do not exist', () => {
    const isHost = (name: string) => name === 'cmp-1';
    const parameters = { maintenance_node: 'cmp-9', backup_node: 'cmp-1' };
    const found = ofAudit({ audit: { state: 'FAILED', parameters } }, { isHost });
    expect(found).toMatchObject({
      code: 'parameters',
      evidence: ['maintenance_node names cmp-9, which Nova does not have.'],
    });
    const zones = { compute_nodes: [{ src_node: 'cmp-1', dst_node: 'cmp-8' }] };
    expect(ofAudit({ audit: { state: 'FAILED', parameters: zones } }, { isHost })?.evidence[0]).toContain(
      'dst_node names cmp-8',
    );
    expect(ofAudit({ audit: { state: 'FAILED', parameters } })?.code).toBe('failed-silent');
  });

  it('says that a failed continuous audit never runs again', () => {
    const found = ofAudit({ audit: { state: 'FAILED', type: 'CONTINUOUS' } });
    expect(found?.code).toBe('continuous-dead');
    expect(found?.cause).toContain('never runs again');
  });

  it('says what a pending audit is waiting for', () => {
    const pending = (more: Partial<Audit>, around: Partial<Circumstances> = {}) =>
      ofAudit({ audit: { state: 'PENDING', createdAt: ago(1), ...more } }, around);
    const down = { services: [service('watcher-decision-engine', 'FAILED')] };
    expect(pending({}, down)).toMatchObject({ code: 'engine-down', certain: true });
    expect(pending({}, down)?.evidence[0]).toContain('has not reported since 2026-11-24 11:30 UTC');
    expect(pending({}, { services: [] })?.code).toBe('engine-down');
    expect(pending({ type: 'EVENT' })?.next).toContain('/v1/webhooks/audit');
    expect(pending({ startAt: NOW + HOUR_MS })?.code).toBe('starts-later');
    const other = plan({ id: 'o', auditId: 'x', state: 'ONGOING' });
    expect(pending({ type: 'CONTINUOUS' }, { plans: [other] })?.code).toBe('waits-for-plan');
    expect(pending({})).toMatchObject({ code: 'engine-busy', certain: true });
    expect(pending({ createdAt: ago(30) })).toMatchObject({ code: 'engine-busy', certain: false });
    // Services that were not read are not assumed to be down.
    expect(pending({}, { services: null })).toMatchObject({ code: 'engine-busy', certain: false });
  });

  it('points out audits that are overdue, suspended or take too long', () => {
    const continuous = (minutes: number) =>
      ofAudit({ audit: { state: 'ONGOING', type: 'CONTINUOUS', nextRunAt: ago(minutes) } });
    expect(continuous(10)?.code).toBe('overdue');
    expect(continuous(-5)).toBeNull();
    expect(ofAudit({ audit: { state: 'SUSPENDED' } })?.code).toBe('suspended');
    expect(ofAudit({ audit: { state: 'ONGOING', updatedAt: ago(20) } })?.code).toBe('running-long');
    expect(ofAudit({ audit: { state: 'ONGOING', updatedAt: ago(2) } })).toBeNull();
  });

  it('says that the plan of an audit is gone', () => {
    expect(ofAudit({})?.code).toBe('no-plan');
    expect(ofAudit({ plans: [plan()] })).toBeNull();
  });
});

describe('the explanation of a plan that is over', () => {
  it('judges a plan by its actions, not by its state', () => {
    const done = plan({ state: 'SUCCEEDED' });
    expect(resultOfPlan(done, inState('SUCCEEDED', 'SUCCEEDED', 'FAILED'))).toBe('2 of 3 actions done, 1 failed.');
    expect(ofPlan({ state: 'SUCCEEDED' }, inState('SUCCEEDED', 'FAILED'))?.code).toBe('succeeded-with-failures');
    expect(ofPlan({ state: 'SUCCEEDED' }, inState('SUCCEEDED', 'SKIPPED'))).toBeNull();
  });

  it('tells a failed plan from an interrupted one', () => {
    expect(ofPlan({ state: 'FAILED' }, inState('SUCCEEDED', 'FAILED', 'PENDING'))?.code).toBe('plan-failed');
    const left = ofPlan({ state: 'FAILED' }, inState('SUCCEEDED', 'ONGOING', 'PENDING'));
    expect(left?.code).toBe('left-behind');
    expect(left?.evidence[0]).toBe('1 of 3 actions done, 1 interrupted, 1 never started.');
  });

  it('calls a plan replaced only if the next run came right after', () => {
    const old = plan({ id: 'old', state: 'CANCELLED', createdAt: ago(30), updatedAt: ago(20) });
    const next = (minutes: number) => plan({ id: 'next', createdAt: ago(minutes) });
    const by = (newer: ActionPlan, type: string) =>
      replacementOf({ plan: old, audit: audit({ type }), siblings: [newer, old] })?.id ?? null;
    expect([by(next(20), 'CONTINUOUS'), by(next(5), 'CONTINUOUS'), by(next(20), 'ONESHOT')]).toEqual([
      'next',
      null,
      null,
    ]);
    expect(ofPlan({ state: 'CANCELLED' }, null)?.code).toBe('cancelled-by-hand');
  });

  it('says how long an expired plan could wait', () => {
    const found = ofPlan({ state: 'SUPERSEDED', createdAt: ago(30 * 60) }, null);
    expect(found).toMatchObject({
      code: 'expired',
      evidence: ['It was made at 2026-11-23 06:00 UTC and could wait for 24 hours.'],
    });
  });
});

describe('the explanation of a plan that is started or waiting', () => {
  it('says whether an applier is up to run the plan', () => {
    const down = { services: [service('watcher-applier', 'FAILED')] };
    expect(ofPlan({ state: 'PENDING' }, [], down)?.code).toBe('applier-down');
    expect(ofPlan({ state: 'ONGOING' }, inState('ONGOING'), down)?.code).toBe('applier-down');
    expect(ofPlan({ state: 'PENDING', updatedAt: ago(1) }, [])).toMatchObject({ code: 'start-pending', certain: true });
    expect(ofPlan({ state: 'PENDING', updatedAt: ago(30) }, [])).toMatchObject({
      code: 'start-pending',
      certain: false,
    });
  });

  it('points out a running plan that makes no progress', () => {
    const actions = inState('ONGOING').map((one) => ({ ...one, updatedAt: ago(90) }));
    expect(ofPlan({ state: 'ONGOING', updatedAt: ago(95) }, actions)?.code).toBe('running-long');
    expect(ofPlan({ state: 'ONGOING', updatedAt: ago(5) }, actions)).toBeNull();
  });

  it('says that a plan only logs and waits', () => {
    expect(ofPlan({}, [migrate('1', ['x', 'a', 'b'], { type: 'nop' })])?.code).toBe('test-only');
    expect(ofPlan({}, inState('PENDING'))).toBeNull();
  });
});
