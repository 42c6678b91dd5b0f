import { describe, expect, it } from 'vitest';
import { compareWithPromise, keptPart } from '@/lib/domain/projection/delivered';
import { runOf } from '@/lib/domain/projection/executed-run';
import type { Action, ActionPlan } from '@/lib/openstack/records';
import { MINUTE_MS } from '@/lib/units';
import { cluster, hypervisor, migrate, server, target } from '../build';

const PLAN: ActionPlan = {
  id: 'plan',
  auditId: 'audit',
  strategy: null,
  state: 'SUCCEEDED',
  efficacy: [],
  globalEfficacy: [],
  hostname: null,
  statusMessage: null,
  createdAt: 0,
  updatedAt: 60 * MINUTE_MS,
};

/** Hosts of 100 CPUs, so that cores are percent. Both were at 60 and 20 before; each VM uses 10. */
function spreadOf(after: { a: number; b: number }, actions: Action[], servers = [server('vm', 'b')]) {
  const joined = cluster({ hypervisors: ['a', 'b'].map((host) => hypervisor(host)), servers });
  const at = (a: number, b: number) => [target('a', { cpus: 100, used: a }), target('b', { cpus: 100, used: b })];
  const happened = { byAction: new Map(), own: new Set<string>() };
  const past = {
    moments: { made: 0, before: 0, after: 0 },
    made: at(60, 20),
    before: at(60, 20),
    after: at(after.a, after.b),
    use: Object.fromEntries(servers.map(({ id }) => [id, { cores: 10, memoryBytes: null }])),
  };
  return compareWithPromise(runOf(PLAN, actions, { cluster: joined, windowMs: 1, happened }), past, {
    cluster: joined,
    hostLabels: ['instance'],
    now: 100 * MINUTE_MS,
    windowMs: 1,
    disturbances: [],
    known: { covered: null, reason: null },
    failure: null,
  }).spread;
}

const done = (id: string, vm: string, state = 'SUCCEEDED') =>
  migrate(id, [vm, 'a', 'b'], { state, updatedAt: 30 * MINUTE_MS });

describe('the spread of an executed plan', () => {
  it('is that of all hosts as promised and as delivered', () => {
    // Made at 60 and 20: 20 points. Promised 50 and 30: 10. It came to 52 and 29: 11.5, which is 8.5 of the 10 promised.
    const spread = spreadOf({ a: 52, b: 29 }, [done('1', 'vm')]);
    const shown = Object.entries(spread ?? {}).map(([name, points]) => [name, Math.round(10 * points) / 10]);
    expect(Object.fromEntries(shown)).toEqual({ made: 20, promised: 10, before: 20, after: 11.5 });
    expect(spread && keptPart(spread)).toBeCloseTo(0.85);
  });

  it('is promised for the whole plan, although a move of it failed', () => {
    const servers = [server('vm', 'b'), server('other', 'a')];
    const spread = spreadOf({ a: 50, b: 30 }, [done('1', 'vm'), done('2', 'other', 'FAILED')], servers);
    // With both moves 40 and 40; with one, 50 and 30.
    expect(spread?.promised).toBeCloseTo(0);
    expect(spread && keptPart(spread)).toBeCloseTo(0.5);
  });

  it('says nothing about a promise that is too small to be measured', () => {
    expect(keptPart({ made: 10, promised: 9.8, before: 10, after: 9 })).toBeNull();
    expect(keptPart({ made: 10, promised: 12, before: 10, after: 12 })).toBeNull();
    expect(keptPart({ made: 10, promised: 8, before: 12, after: 13 })).toBe(-0.5);
  });
});
