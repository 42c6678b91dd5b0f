import { describe, expect, it } from 'vitest';
import { describeScope, readWeights } from '@/lib/domain/plans/audit-settings';
import { selectShownPlan } from '@/lib/domain/plans/shown-plan';
import { actionStateMeaning, auditStateMeaning, planStateMeaning } from '@/lib/domain/plans/states';
import { toWaves } from '@/lib/domain/plans/waves';
import { impactOf, pointsOf } from '@/lib/domain/projection/impact';
import type { ActionPlan } from '@/lib/openstack/records';
import { migrate } from '../build';

const plan = (id: string, state: string, createdAt: number): ActionPlan => ({
  id,
  auditId: 'audit',
  strategy: null,
  state,
  efficacy: [],
  globalEfficacy: [],
  statusMessage: null,
  createdAt,
  updatedAt: null,
});
const one = [migrate('1', ['vm', 'a', 'b'])];

describe('the shown plan', () => {
  it('is the newest that waits or runs and has actions', () => {
    const plans = [plan('new', 'SUCCEEDED', 3), plan('empty', 'RECOMMENDED', 2), plan('waits', 'RECOMMENDED', 1)];
    expect(selectShownPlan(plans, { new: one, empty: [], waits: one })?.id).toBe('waits');
  });

  it('is else the newest that is not deleted', () => {
    const plans = [plan('archived', 'DELETED', 3), plan('cancelled', 'CANCELLED', 2), plan('old', 'SUCCEEDED', 1)];
    expect(selectShownPlan(plans, { cancelled: one, old: one })?.id).toBe('cancelled');
    expect(selectShownPlan([], {})).toBeNull();
  });
});

describe('waves', () => {
  const ids = (waves: { id: string }[][]) => waves.map((wave) => wave.map(({ id }) => id));
  const action = (id: string, ...parents: string[]) => migrate(id, ['vm', 'a', 'b'], { parents });

  it('follow the longest way through the parents', () => {
    expect(ids(toWaves([action('d', 'b', 'c'), action('c', 'a'), action('b'), action('a')]))).toEqual([
      ['b', 'a'],
      ['c'],
      ['d'],
    ]);
  });

  it('survive parents that are not in the plan and parents in a circle', () => {
    expect(ids(toWaves([action('a', 'elsewhere')]))).toEqual([['a']]);
    expect(toWaves([action('a', 'b'), action('b', 'a')]).flat()).toHaveLength(2);
  });

  it('of an empty plan are none', () => {
    expect(toWaves([])).toEqual([]);
  });
});

describe('impact', () => {
  it('is the greater of what the source loses and the destination gains, in words', () => {
    expect(pointsOf(4, 32)).toBe(12.5);
    expect(impactOf(4.99, 1)).toBe('Low');
    expect(impactOf(1, 5)).toBe('Medium');
    expect(impactOf(15, null)).toBe('High');
    expect(impactOf(null, null)).toBeNull();
  });
});

describe('settings of an audit', () => {
  it('reads weights under their names of today and of old releases', () => {
    expect(readWeights({ weights: { instance_cpu_usage_weight: 1.0, instance_ram_usage_weight: '0.5' } })).toEqual({
      cpu: 1,
      ram: 0.5,
    });
    expect(readWeights({ weights: { cpu_util_weight: 0.7, 'memory.resident_weight': 0.3 } })).toEqual({
      cpu: 0.7,
      ram: 0.3,
    });
    expect(readWeights({})).toEqual({ cpu: null, ram: null });
    expect(readWeights({ weights: 'odd' })).toEqual({ cpu: null, ram: null });
  });

  it('says the scope in one line', () => {
    expect(describeScope([])).toBe('Full Cluster');
    expect(describeScope([{ compute: [] }])).toBe('Full Cluster');
    expect(
      describeScope([
        {
          compute: [
            { availability_zones: [{ name: 'az-a' }, { name: 'az-b' }] },
            { host_aggregates: [{ id: 3 }, { name: 'ssd' }] },
            { exclude: [{ compute_nodes: [{ name: 'compute-3' }] }, { instances: [{ uuid: 'u-1' }] }] },
          ],
        },
      ]),
    ).toBe('zones az-a, az-b; aggregates #3, ssd; without hosts compute-3, VMs u-1');
  });
});

describe('states', () => {
  it('have a sentence each, unknown ones too', () => {
    for (const state of ['PENDING', 'ONGOING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SUSPENDED', 'DELETED']) {
      expect(auditStateMeaning(state), state).not.toMatch(/does not know/);
    }
    for (const state of [
      'RECOMMENDED',
      'PENDING',
      'ONGOING',
      'FAILED',
      'SUCCEEDED',
      'DELETED',
      'CANCELLED',
      'SUPERSEDED',
      'CANCELLING',
    ]) {
      expect(planStateMeaning(state, 1), state).not.toMatch(/does not know/);
    }
    for (const state of [
      'PENDING',
      'ONGOING',
      'FAILED',
      'SUCCEEDED',
      'DELETED',
      'CANCELLED',
      'CANCELLING',
      'SKIPPED',
    ]) {
      expect(actionStateMeaning(state, 'ONGOING'), state).not.toMatch(/does not know/);
    }
    expect(auditStateMeaning('NEW')).toMatch(/does not know: NEW/);
  });

  it('tell an empty plan from one that was carried out, and an action left behind from one that runs', () => {
    expect(planStateMeaning('SUCCEEDED', 0)).toMatch(/Nothing to do/);
    expect(planStateMeaning('SUCCEEDED', 2)).not.toMatch(/Nothing to do/);
    expect(actionStateMeaning('ONGOING', 'FAILED')).toMatch(/Left behind/);
  });
});
