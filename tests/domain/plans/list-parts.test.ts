import { describe, expect, it } from 'vitest';
import type { Happened } from '@/lib/contract/v1/happened';
import { namesIn, partOfList, progressOf } from '@/lib/domain/plans/list-parts';
import type { ActionPlan } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import { migrate, shutdown } from '../build';

const plan = (state: string, more: Partial<ActionPlan> = {}): ActionPlan => ({
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state,
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 0,
  updatedAt: null,
  ...more,
});
const moves = [migrate('1', ['vm', 'a', 'b'])];

describe('the part of the list that a plan is in', () => {
  it.each([
    ['RECOMMENDED', 'waiting'],
    ['PENDING', 'running'],
    ['ONGOING', 'running'],
    ['CANCELLING', 'running'],
    ['SUCCEEDED', 'done'],
    ['FAILED', 'done'],
    ['SUPERSEDED', 'unchanged'],
    ['CANCELLED', 'unchanged'],
  ])('of %s is %s', (state, part) => {
    expect(partOfList(plan(state), moves, 'nightly')).toBe(part);
  });

  it('is done for a plan that was cancelled while it ran', () => {
    const begun = [migrate('1', ['vm', 'a', 'b'], { state: 'SUCCEEDED' }), ...moves];
    expect(partOfList(plan('CANCELLED'), begun, 'nightly')).toBe('done');
    expect(partOfList(plan('CANCELLED', { hostname: 'applier' }), undefined, 'nightly')).toBe('done');
  });

  it('is unchanged for an empty plan, read or not', () => {
    expect(partOfList(plan('SUCCEEDED'), [], 'nightly')).toBe('unchanged');
    expect(partOfList(plan('RECOMMENDED'), [], 'nightly')).toBe('unchanged');
    expect(partOfList(plan('SUCCEEDED', { updatedAt: 1_000 }), undefined, 'nightly')).toBe('unchanged');
    expect(partOfList(plan('SUCCEEDED', { updatedAt: MINUTE_MS }), undefined, 'nightly')).toBe('done');
  });
});

describe('the progress of a plan', () => {
  it('counts by what Nova has done, whatever Watcher says', () => {
    const actions = ['SUCCEEDED', 'ONGOING', 'FAILED', 'SKIPPED', 'PENDING', 'FAILED'].map((state, i) =>
      migrate(`${i}`, [`vm-${i}`, 'a', 'b'], { state }),
    );
    const moved: Happened = {
      result: 'moved',
      evidence: 'migration',
      started_at: 0,
      ended_at: 1,
      destination: 'b',
      migration_id: null,
      differs: true,
      text: '',
    };
    expect(progressOf(plan('ONGOING'), actions, new Map([['5', moved]]))).toEqual({
      actions: 6,
      done: 2,
      running: 1,
      failed: 1,
      cancelled: 0,
      skipped: 1,
    });
  });
});

describe('the names by which a plan is found', () => {
  it('are the hosts and VMs of its actions', () => {
    expect(namesIn([...moves, shutdown('2', 'other')])).toEqual(['vm', 'a', 'b', 'other']);
  });

  it('is running for a step of a careful run, about which nobody decides', () => {
    expect(partOfList(plan('RECOMMENDED'), moves, 'visio-12345678-step-2')).toBe('running');
  });
});
