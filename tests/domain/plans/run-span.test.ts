import { describe, expect, it } from 'vitest';
import { spanOfRuns } from '@/lib/domain/plans/runs';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/units';
import { migrate } from '../build';
import { plan } from '../explain/stories';

const NOW = 100 * DAY_MS;
const ago = (hours: number) => NOW - hours * HOUR_MS;

const ran = (id: string, more: Partial<ActionPlan> = {}): ActionPlan =>
  plan({ id, state: 'SUCCEEDED', hostname: 'controller', createdAt: ago(10), updatedAt: ago(9), ...more });
const span = (plans: ActionPlan[], actions: Record<string, Action[]> = {}) => spanOfRuns({ plans, actions }, NOW);
const moves = [migrate('1', ['vm', 'a', 'b'])];

describe('the time in which plans ran', () => {
  it('reaches from before the first of them to some hours after the last', () => {
    const two = [ran('first', { createdAt: ago(20), updatedAt: ago(19) }), ran('last')];
    expect(span(two)).toEqual({ from: ago(21) - MINUTE_MS, until: ago(7) });
  });

  it('goes on while a plan runs', () => {
    for (const state of ['ONGOING', 'CANCELLING'])
      expect(span([ran('one', { state })], { one: moves })).toMatchObject({ until: null });
  });

  it('is none without a plan that may have moved a VM', () => {
    expect(span([])).toBeNull();
    expect(span([ran('one', { state: 'RECOMMENDED' }), ran('two', { state: 'SUPERSEDED' })])).toBeNull();
    // The next run of a continuous audit cancelled it, and no applier ever had it.
    expect(span([ran('one', { state: 'CANCELLED', hostname: null })])).toBeNull();
    expect(span([ran('one')], { one: [] })).toBeNull();
    expect(span([ran('one')], { one: [{ ...migrate('1', ['vm', 'a', 'b']), type: 'nop' }] })).toBeNull();
  });

  it('has a plan that was cancelled while it ran', () => {
    expect(span([ran('one', { state: 'CANCELLED' })])).not.toBeNull();
    const begun = { one: [migrate('1', ['vm', 'a', 'b'], { state: 'ONGOING' })] };
    expect(span([ran('one', { state: 'CANCELLED', hostname: null })], begun)).not.toBeNull();
  });

  it('reaches back 14 days at most', () => {
    expect(span([ran('old', { createdAt: ago(24 * 30), updatedAt: ago(24 * 29) })])).toBeNull();
    const long = ran('long', { createdAt: ago(24 * 20), updatedAt: ago(24 * 2) });
    expect(span([long])?.from).toBe(NOW - 14 * DAY_MS - MINUTE_MS);
  });
});
