import { describe, expect, it } from 'vitest';
import type { Circumstances } from '@/lib/domain/explain/circumstances';
import { releaseOf } from '@/lib/domain/plans/release';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { HOUR_MS } from '@/lib/units';
import { ago, audit, NOW, ofAudit, plan, service } from './stories';

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
    expect(found(ago(70))?.code).toBe('cancelled');
  });

  it('does not guess who cancelled an audit that is forced, continuous or runs on an event', () => {
    const other = plan({ id: 'other', auditId: 'big', state: 'ONGOING', createdAt: ago(90) });
    const found = (more: Partial<Audit>) => ofAudit({ audit: { state: 'CANCELLED', ...more } }, { plans: [other] });
    for (const more of [{ force: true }, { type: 'CONTINUOUS' }, { type: 'EVENT' }, { hostname: 'ctl-1' }]) {
      expect(found(more), JSON.stringify(more)).toMatchObject({ code: 'cancelled', certain: true });
      expect(found(more)?.cause).toMatch(/does not record by whom/);
      expect(JSON.stringify(found(more))).not.toMatch(/most likely|no plan that was running/);
    }
    expect(found({ type: 'EVENT' })?.cause).toMatch(/can’t be triggered again/);
  });

  it('is not certain that another plan was the reason if the audit was not cancelled at once', () => {
    const other = plan({ id: 'other', auditId: 'big', state: 'ONGOING', createdAt: ago(90), updatedAt: ago(89) });
    const found = ofAudit(
      { audit: { state: 'CANCELLED', createdAt: ago(60), updatedAt: ago(30) } },
      { plans: [other] },
    );
    expect(found).toMatchObject({ code: 'another-plan-ran', certain: false });
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
    expect(pending({ type: 'EVENT' })?.next).toContain('POST {} as JSON to Watcher’s /v1/webhooks/audit');
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

  it('says that its end time passed before it ran, or that it comes back', () => {
    const over = (more: Partial<Audit>) =>
      ofAudit({ audit: { type: 'CONTINUOUS', interval: '600', createdAt: ago(60), ...more } });
    const never = over({ endAt: ago(24 * 60) });
    expect(never).toMatchObject({ code: 'ended', certain: true });
    expect(never?.cause).toMatch(/never ran/);
    expect(over({ endAt: ago(30) })).toMatchObject({ code: 'ended' });
    expect(over({ endAt: ago(30) })?.cause).toMatch(/has passed/);
    // As on 2026.2: SUCCEEDED takes it out of no scheduler.
    expect(over({ nextRunAt: ago(-5) })).toMatchObject({
      certain: false,
      cause: expect.stringContaining('runs it again'),
    });
    const waiting = { plans: [plan()], actions: { plan: [] } };
    expect(ofAudit({ audit: { type: 'CONTINUOUS', endAt: ago(30) }, ...waiting, actions: {} })?.code).toBe('ended');
  });

  it.each(['noisy_neighbor', 'outlet_temperature', 'uniform_airflow'])(
    'says that %s can’t work if Watcher reads Prometheus, whether it failed or found nothing',
    (strategy) => {
      const failed = ofAudit({ audit: { state: 'FAILED', strategy } });
      const empty = ofAudit({
        audit: { strategy },
        plans: [plan({ state: 'SUCCEEDED', strategy })],
        actions: { plan: [] },
      });
      for (const found of [failed, empty]) {
        expect(found).toMatchObject({ code: 'strategy-lacks', certain: false });
        expect(found?.cause).toMatch(/if Watcher’s datasource is Prometheus or Aetos/);
      }
    },
  );

  it('says that a failed planner left a plan behind', () => {
    const story = { plans: [plan({ strategy: 'storage_capacity_balance' })], actions: { plan: [] } };
    const found = ofAudit({ audit: { state: 'FAILED', strategy: 'storage_capacity_balance' }, ...story });
    expect(found?.evidence).toEqual(
      expect.arrayContaining([expect.stringMatching(/left behind/), expect.stringMatching(/move volumes/)]),
    );
  });

  it('names the destination that older releases need', () => {
    const parameters = { compute_nodes: [{ src_node: 'cmp-1' }] };
    const found = (minor: number) =>
      ofAudit(
        { audit: { state: 'FAILED', strategy: 'zone_migration', parameters } },
        { release: releaseOf({ highest: [1, minor] }) },
      )?.evidence.join(' ');
    expect(found(4)).toMatch(/have no dst_node/);
    expect(found(7)).not.toMatch(/dst_node/);
  });
});

describe('the explanation of an audit that has not run', () => {
  const pending = (more: Partial<Audit>, plans: ActionPlan[] = []) =>
    ofAudit({ audit: { state: 'PENDING', createdAt: ago(60), updatedAt: ago(59), ...more } }, { plans });
  const running = plan({ id: 'o', auditId: 'x', state: 'ONGOING' });
  const cron = { type: 'CONTINUOUS', interval: '0 3 * * *', hostname: 'ctl-1', nextRunAt: NOW + 15 * HOUR_MS };

  it('says when a continuous audit with a schedule runs first, also while a plan is running', () => {
    for (const plans of [[], [running]]) {
      expect(pending(cron, plans)).toMatchObject({ code: 'starts-later', certain: true });
      expect(pending(cron, plans)?.evidence).toEqual(
        expect.arrayContaining([
          'It is due at 2026-11-25 03:00 UTC.',
          'Its schedule is 0 3 * * *, in UTC.',
          'The decision engine on ctl-1 has picked it up.',
        ]),
      );
    }
    expect(pending(cron, [running])?.evidence.join(' ')).toMatch(/is skipped/);
    expect(pending({ ...cron, force: true }, [running])?.evidence.join(' ')).not.toMatch(/is skipped/);
  });

  it('says that a continuous audit ends before its first run', () => {
    expect(pending({ ...cron, endAt: NOW + HOUR_MS })).toMatchObject({ code: 'ended' });
    expect(pending({ ...cron, endAt: ago(1) })?.cause).toMatch(/has passed before its first run/);
  });

  it('does not wait for plans if it is forced', () => {
    expect(pending({ type: 'CONTINUOUS', interval: '600', force: true }, [running])?.code).toBe('engine-busy');
    expect(pending({ type: 'CONTINUOUS', interval: '600' }, [running])?.code).toBe('waits-for-plan');
  });

  it('says that a call of its webhook may have been dropped while a plan was running', () => {
    const ended = plan({ id: 'o', auditId: 'x', state: 'SUCCEEDED', hostname: 'ctl-1', updatedAt: ago(30) });
    for (const other of [running, ended]) {
      const found = pending({ type: 'EVENT' }, [other]);
      expect(found).toMatchObject({ code: 'waits-for-event', certain: false });
      expect(found?.cause).toMatch(/accepted the call and dropped it/);
    }
    const idle = [
      plan({
        id: 'before',
        auditId: 'x',
        state: 'SUCCEEDED',
        hostname: 'ctl-1',
        createdAt: ago(99),
        updatedAt: ago(90),
      }),
      plan({ id: 'empty', auditId: 'x', state: 'SUCCEEDED', createdAt: ago(30), updatedAt: ago(30) }),
      plan({ id: 'refused', auditId: 'x', state: 'CANCELLED', createdAt: ago(30), updatedAt: ago(20) }),
      plan({ id: 'waits', auditId: 'x' }),
    ];
    expect(pending({ type: 'EVENT' }, idle)).toMatchObject({ code: 'waits-for-event', certain: true });
    expect(pending({ type: 'EVENT', force: true }, [running])).toMatchObject({ certain: true });
  });
});
