import { describe, expect, it } from 'vitest';
import type { SceneStep } from '@/lib/contract/v1/scene';
import { type HostPlan, type NovaHost, outOfService } from '@/lib/domain/drain/out-of-service';
import { disable, move } from '../review/scene';

const host = (more: Partial<NovaHost> = {}): NovaHost => ({
  name: 'a',
  state: 'up',
  status: 'disabled',
  disabledReason: null,
  vms: 4,
  ...more,
});
const plan = (state: string, steps: SceneStep[]): HostPlan => ({
  auditId: 'audit',
  planId: 'plan',
  name: 'consolidate-weekly',
  state,
  updatedAt: 9_000,
  isAbandoned: false,
  steps: steps.map((step) => ({ ...step, updatedAt: 7_000 })),
});
const out = (of: NovaHost, plans: HostPlan[] = [], draining: string[] = []) =>
  outOfService(of, { plans, draining: new Set(draining) });
const closing = { ...disable('a'), state: 'SUCCEEDED' };
const OURS = 'swap fans (ops, 2026-02-12 22:31 UTC, back 2026-02-13 05:00 UTC, Watcher Visio)';

describe('a host that takes no new VMs', () => {
  it('is in service if it is open, unless it is down', () => {
    expect(out(host({ status: 'enabled' }))).toBeNull();
    expect(out(host({ status: 'enabled', state: 'down' }))).toMatchObject({
      state: 'down',
      text: 'Its nova-compute is silent: no answer about its 4 VMs.',
      closed: null,
    });
  });

  it.each(['watcher_disabled', 'watcher_maintaining'])('was left behind by a plan that is over (%s)', (reason) => {
    const left = out(host({ disabledReason: reason }), [plan('CANCELLED', [closing, move('1', 'a', 'b')])]);
    expect(left).toMatchObject({
      state: 'left-behind',
      text: 'The plan of consolidate-weekly, which is CANCELLED, closed it.',
      since: 7_000,
      plan: { plan_id: 'plan', plan_state: 'CANCELLED' },
    });
  });

  it('was left behind by a plan that is being cancelled for good, and not drained by it', () => {
    const stuck = { ...plan('CANCELLING', [closing, move('1', 'a', 'b')]), isAbandoned: true };
    expect(out(host({ disabledReason: 'watcher_maintaining' }), [stuck])).toMatchObject({
      state: 'left-behind',
      text: 'The plan of consolidate-weekly, which is CANCELLING, closed it.',
    });
  });

  it('was left behind by nobody who is known if that plan is gone', () => {
    expect(out(host({ disabledReason: 'watcher_disabled' }))).toMatchObject({
      state: 'left-behind',
      plan: null,
      since: null,
    });
  });

  it('was not left behind while a plan that runs or waits touches it', () => {
    const reason = { disabledReason: 'watcher_disabled' };
    expect(out(host(reason), [plan('RECOMMENDED', [closing])])?.state).toBe('closed-not-empty');
    const moved = { ...move('1', 'a', 'b'), state: 'SUCCEEDED' };
    expect(out(host(reason), [plan('ONGOING', [closing, moved, move('2', 'a', 'b')])])).toMatchObject({
      state: 'being-drained',
      text: '1 of 2 moves have ended.',
    });
  });

  it('is being drained between two steps of a careful run, too', () => {
    expect(out(host({ disabledReason: OURS }), [], ['a'])?.state).toBe('being-drained');
    expect(out(host({ disabledReason: OURS }), [], ['b'])?.state).toBe('closed-not-empty');
  });

  it('is in maintenance once it is empty, with who, why and until when', () => {
    const maintenance = out(host({ disabledReason: OURS, vms: 0 }));
    expect(maintenance).toMatchObject({
      state: 'in-maintenance',
      since: Date.UTC(2026, 1, 12, 22, 31),
      closed: { by: 'here', person: 'ops', reason: 'swap fans', back_by: Date.UTC(2026, 1, 13, 5) },
    });
    expect(out(host({ vms: 0, state: 'down' }))?.text).toBe('It is empty, and its nova-compute is silent.');
  });

  it('is not empty though closed, and nobody knows since when', () => {
    expect(out(host({ disabledReason: 'bad NIC' }))).toMatchObject({
      state: 'closed-not-empty',
      since: null,
      closed: { by: 'other', reason: 'bad NIC' },
    });
  });
});
