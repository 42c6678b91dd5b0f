import { describe, expect, it } from 'vitest';
import { listLeftDisabled, plansToLookAt } from '@/lib/domain/plans/left-disabled';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { hypervisor, migrate } from '../build';
import { ago, audit, plan } from '../explain/stories';

const disabled = (host: string, disabledReason: string | null) =>
  hypervisor(host, { status: 'disabled', disabledReason });
const HOSTS = [
  disabled('a', 'watcher_disabled'),
  disabled('b', 'watcher_maintaining'),
  disabled('c', 'DIMM replacement, ticket 4711'),
  disabled('d', null),
  hypervisor('e', { disabledReason: 'watcher_disabled' }),
];

const disable = (host: string, more: Partial<Action> = {}): Action => ({
  ...migrate(`off-${host}`, ['', '', null], { state: 'SUCCEEDED', updatedAt: ago(50), ...more }),
  type: 'change_nova_service_state',
  parameters: { resource_name: host, state: 'disabled', disabled_reason: 'watcher_disabled' },
});

const look = (plans: ActionPlan[] = [], actions: Record<string, Action[]> = {}) =>
  listLeftDisabled(HOSTS, { audits: [audit({ id: 'audit', name: 'nightly' })], plans, actions }, (name) => name);

describe('hosts that Watcher left disabled', () => {
  it('are those with a reason of Watcher in Nova, and no others', () => {
    expect(look().map(({ host, reason, since }) => [host, reason, since])).toEqual([
      ['a', 'watcher_disabled', null],
      ['b', 'watcher_maintaining', null],
    ]);
  });

  it('have been so since the last plan that disabled them', () => {
    const plans = [plan({ id: 'new', state: 'FAILED' }), plan({ id: 'old', state: 'SUCCEEDED' })];
    const actions = {
      new: [disable('a')],
      old: [disable('a', { updatedAt: ago(900) }), disable('b', { state: 'FAILED' })],
    };
    expect(look(plans, actions)).toEqual([
      { host: 'a', reason: 'watcher_disabled', since: ago(50), audit: 'nightly' },
      { host: 'b', reason: 'watcher_maintaining', since: null, audit: null },
    ]);
  });

  it.each(['ONGOING', 'CANCELLING'])('are none that a plan has disabled which is %s', (state) => {
    const running = plan({ id: 'run', state, strategy: 'node_resource_consolidation' });
    expect(look([running], { run: [disable('a')] }).map(({ host }) => host)).toEqual(['b']);
    // Without its actions, it may have disabled any of them.
    expect(look([running])).toEqual([]);
  });

  it('take no plan to find where Watcher disabled none, and few where it did', () => {
    const plans = Array.from({ length: 30 }, (_, i) =>
      plan({ id: `p-${i}`, state: 'SUCCEEDED', strategy: 'host_maintenance', createdAt: ago(i) }),
    );
    const running = plan({ id: 'run', state: 'ONGOING' });
    expect(plansToLookAt([...plans, running], [hypervisor('a')])).toEqual([]);
    expect(plansToLookAt([...plans, running], HOSTS).map(({ id }) => id)).toEqual([
      'run',
      ...Array.from({ length: 10 }, (_, i) => `p-${i}`),
    ]);
  });
});
