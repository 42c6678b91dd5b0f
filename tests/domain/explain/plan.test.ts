import { describe, expect, it } from 'vitest';
import { resultOfPlan } from '@/lib/domain/explain/plan-result';
import { replacementOf } from '@/lib/domain/plans/replacement';
import type { ActionPlan, Audit } from '@/lib/openstack/records';
import { migrate } from '../build';
import { ago, audit, inState, ofPlan, plan, service } from './stories';

describe('the explanation of a plan that is over', () => {
  it('judges a plan by its actions, not by its state', () => {
    const done = plan({ state: 'SUCCEEDED' });
    expect(resultOfPlan(done, inState('SUCCEEDED', 'SUCCEEDED', 'FAILED'), new Map())).toBe(
      '2 of 3 actions done, 1 failed.',
    );
    expect(ofPlan({ state: 'SUCCEEDED' }, inState('SUCCEEDED', 'FAILED'))?.code).toBe('succeeded-with-failures');
    expect(ofPlan({ state: 'SUCCEEDED' }, inState('SUCCEEDED', 'SUCCEEDED'))).toBeNull();
  });

  it('gives the reasons of skipped actions in a plan that Watcher calls a success', () => {
    const [done, ...skipped] = inState('SUCCEEDED', 'SKIPPED', 'SKIPPED');
    const actions = [
      ...(done ? [done] : []),
      ...skipped.map((action, i) => ({ ...action, statusMessage: `Action skipped by user. Reason: ${i}` })),
    ];
    const found = ofPlan({ state: 'SUCCEEDED' }, actions);
    expect(found).toMatchObject({ code: 'actions-skipped', certain: true });
    expect(found?.cause).toBe('No action failed, but 2 of 3 were skipped.');
    expect(found?.evidence).toEqual([
      '1 of 3 actions done, 2 skipped.',
      'Action skipped by user. Reason: 0',
      'Action skipped by user. Reason: 1',
    ]);
    expect(ofPlan({ state: 'SUCCEEDED' }, inState('SKIPPED'))?.cause).toMatch(/changed nothing/);
  });

  it('does not say that a failed action stopped the others, or that a rest is left to run', () => {
    const found = ofPlan({ state: 'FAILED' }, inState('SUCCEEDED', 'FAILED', 'SUCCEEDED'));
    expect(found).toMatchObject({ code: 'plan-failed', certain: true });
    expect(found?.cause).toMatch(/it went on with the others/);
    expect(found?.next).toMatch(/Nothing is left to run/);
  });

  it('tells a failed plan from an interrupted one', () => {
    const left = ofPlan({ state: 'FAILED' }, inState('SUCCEEDED', 'ONGOING', 'PENDING'));
    expect(left).toMatchObject({ code: 'left-behind', certain: false });
    expect(left?.evidence[0]).toBe('1 of 3 actions done, 1 interrupted, 1 never started.');
    expect(ofPlan({ state: 'FAILED' }, inState('SUCCEEDED', 'FAILED', 'PENDING'))?.code).toBe('left-behind');
    expect(ofPlan({ state: 'FAILED' }, inState('SUCCEEDED'))).toMatchObject({ code: 'plan-failed', certain: false });
    expect(ofPlan({ state: 'FAILED' }, null)).toMatchObject({ code: 'plan-failed', certain: false });
  });

  it('says that a plan without actions is left over, unless it is being made', () => {
    const empty = (audit: Partial<Audit>, createdAt: number) => ofPlan({ createdAt }, [], {}, audit);
    expect(empty({ state: 'FAILED' }, ago(1))).toMatchObject({ code: 'left-over', certain: true });
    expect(empty({ state: 'ONGOING' }, ago(1))).toBeNull();
    expect(empty({ state: 'SUCCEEDED' }, ago(60))).toMatchObject({ code: 'left-over', certain: false });
    expect(ofPlan({ state: 'SUCCEEDED' }, [], {}, { state: 'FAILED' })?.code).toBe('left-over');
  });

  it('says that a plan was stopped while it ran, and not by whom', () => {
    const stopped = ofPlan({ state: 'CANCELLED' }, inState('SUCCEEDED', 'CANCELLED'));
    expect(stopped?.cause).toMatch(/stopped while it ran.*does not record by whom/);
    expect(ofPlan({ state: 'CANCELLED' }, inState('CANCELLED'))?.cause).toMatch(/before any action ran.*by whom/);
    expect(ofPlan({ state: 'CANCELLED' }, null)).toMatchObject({ code: 'cancelled', certain: true });
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
    expect(ofPlan({ state: 'CANCELLED' }, null)?.code).toBe('cancelled');
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
    const inMigration = actions.map((one) => ({ ...one, type: 'migrate' }));
    expect(ofPlan({ state: 'ONGOING', updatedAt: ago(95) }, actions)?.code).toBe('running-long');
    expect(ofPlan({ state: 'ONGOING', updatedAt: ago(5) }, actions)).toBeNull();
    expect(ofPlan({ state: 'CANCELLING', updatedAt: ago(95) }, inMigration)?.cause).toContain(
      'stays so: nobody runs it',
    );
  });

  it('says that a plan only logs and waits', () => {
    expect(ofPlan({}, [migrate('1', ['x', 'a', 'b'], { type: 'nop' })])?.code).toBe('test-only');
    expect(ofPlan({}, inState('PENDING'))).toBeNull();
  });
});
