import { describe, expect, it } from 'vitest';
import { describeScope, readWeights } from '@/lib/domain/plans/audit-settings';
import { selectShownPlan } from '@/lib/domain/plans/shown-plan';
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
  hostname: null,
  statusMessage: null,
  createdAt,
  updatedAt: null,
});
const one = [migrate('1', ['vm', 'a', 'b'])];

describe('choosing the plan that stands for an audit', () => {
  it('prefers the newest plan that is waiting or running and has actions', () => {
    const plans = [plan('new', 'SUCCEEDED', 3), plan('empty', 'RECOMMENDED', 2), plan('waits', 'RECOMMENDED', 1)];
    expect(selectShownPlan(plans, { new: one, empty: [], waits: one })?.id).toBe('waits');
  });

  it('falls back to the newest plan that is not deleted', () => {
    const plans = [plan('archived', 'DELETED', 3), plan('cancelled', 'CANCELLED', 2), plan('old', 'SUCCEEDED', 1)];
    expect(selectShownPlan(plans, { cancelled: one, old: one })?.id).toBe('cancelled');
    expect(selectShownPlan([], {})).toBeNull();
  });
});

describe('execution waves', () => {
  const ids = (waves: { id: string }[][]) => waves.map((wave) => wave.map(({ id }) => id));
  const action = (id: string, ...parents: string[]) => migrate(id, ['vm', 'a', 'b'], { parents });

  it('follow the longest path through the parents', () => {
    expect(ids(toWaves([action('d', 'b', 'c'), action('c', 'a'), action('b'), action('a')]))).toEqual([
      ['b', 'a'],
      ['c'],
      ['d'],
    ]);
  });

  it('ignore parents outside the plan and break cycles', () => {
    expect(ids(toWaves([action('a', 'elsewhere')]))).toEqual([['a']]);
    expect(toWaves([action('a', 'b'), action('b', 'a')]).flat()).toHaveLength(2);
  });

  it('are empty for an empty plan', () => {
    expect(toWaves([])).toEqual([]);
  });
});

describe('the impact of a move', () => {
  it('is a word for the greater of what the source loses and the destination gains', () => {
    expect(pointsOf(4, 32)).toBe(12.5);
    expect(impactOf(4.99, 1)).toBe('Low');
    expect(impactOf(1, 5)).toBe('Medium');
    expect(impactOf(15, null)).toBe('High');
    expect(impactOf(null, null)).toBeNull();
  });
});

describe('the settings of an audit', () => {
  it('have weights under current names and those of old releases', () => {
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

  it('describe the scope in one line', () => {
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
