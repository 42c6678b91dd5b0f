import { describe, expect, it } from 'vitest';
import { openHappenings } from '@/lib/domain/plans/happenings';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { cluster, hypervisor, migrate, server } from '../build';
import { at, migration, plan, record } from './nova-scene';

describe('plans that share a VM', () => {
  const nova = record([migration({ userId: 'watcher' })]);
  const joined = cluster({ hypervisors: [hypervisor('a'), hypervisor('b')], servers: [server('vm', 'b')] });
  const move = (state: string, updatedAt: number): Action[] => [
    migrate(`of-${state}`, ['vm', 'a', 'b'], { state, updatedAt }),
  ];
  const open = (plans: ActionPlan[], actions: Record<string, Action[]>, given = nova) =>
    openHappenings({ plans, actions, record: given, cluster: joined, knowsServers: true });

  it('do not share its migration: the one that Watcher calls done has it', () => {
    const cancelled = plan({ id: 'cancelled', state: 'CANCELLED' });
    const done = plan({ id: 'done', state: 'SUCCEEDED', updatedAt: at(42) });
    const actions = { cancelled: move('CANCELLED', at(60)), done: move('SUCCEEDED', at(41)) };
    const happenings = open([cancelled, done], actions);
    const resultOf = (one: ActionPlan) =>
      [...happenings.of(one, actions[one.id as keyof typeof actions]).byAction.values()].map(({ result }) => result);
    expect(resultOf(cancelled)).toEqual(['never-started']);
    expect(resultOf(done)).toEqual(['moved']);
    expect(happenings.foreign).toEqual([]);
  });

  it('do not claim what somebody else moved by hand, once Watcher’s account is known', () => {
    const byHand = migration({ id: 'by-hand', userId: 'operator', startedAt: at(45), updatedAt: at(46) });
    const cancelled = plan({ id: 'cancelled', state: 'CANCELLED' });
    const done = plan({ id: 'done', state: 'SUCCEEDED', updatedAt: at(42) });
    const actions = { cancelled: move('CANCELLED', at(60)), done: move('SUCCEEDED', at(41)) };
    const happenings = open([cancelled, done], actions, record([byHand, ...nova.migrations]));
    expect(happenings.of(cancelled, actions.cancelled).own.size).toBe(0);
    expect(happenings.foreign.map(({ id }) => id)).toEqual(['by-hand']);
  });

  it('include the resizes of a plan, which Nova records as migrations too', () => {
    const resized = migration({ id: 'resize', type: 'resize', status: 'confirmed' });
    const done = plan({ id: 'done', state: 'SUCCEEDED' });
    const [action] = move('SUCCEEDED', at(41));
    if (!action) throw new Error('There is one.');
    const resize = [{ ...action, type: 'resize', parameters: { resource_id: 'vm', flavor: 'm1.small' } }];
    const happenings = open([done], { done: resize }, record([resized]));
    expect([...happenings.of(done, resize).own]).toEqual(['resize']);
    expect(happenings.foreign).toEqual([]);
  });
});
