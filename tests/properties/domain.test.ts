import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryCapacity, percent, sumPhysical, sumVirtual } from '@/lib/domain/cluster/capacity';
import { balanceOf } from '@/lib/domain/projection/balance';
import { projectPlan } from '@/lib/domain/projection/plan-projection';
import { cluster, hypervisor, migrate, server, target } from '../domain/build';

/** Properties that hold for every cloud. The same cases on every run. */
const RUNS = { seed: 20261124, numRuns: 200 };

const HOSTS = ['a', 'b', 'c', 'd'];
const VMS = ['v0', 'v1', 'v2', 'v3', 'v4', 'v5'];
const hostName = fc.constantFrom(...HOSTS);

describe('a projection', () => {
  it('keeps the total of cores if all destinations are known', () => {
    const scene = fc.record({
      homes: fc.array(hostName, { minLength: VMS.length, maxLength: VMS.length }),
      cores: fc.array(fc.double({ min: 0, max: 64, noNaN: true }), { minLength: VMS.length, maxLength: VMS.length }),
      cpus: fc.array(fc.integer({ min: 1, max: 256 }), { minLength: HOSTS.length, maxLength: HOSTS.length }),
      moves: fc.array(fc.tuple(fc.constantFrom(...VMS), hostName, hostName), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(scene, ({ homes, cores, cpus, moves }) => {
        const used = HOSTS.map((_, at) => (cpus[at] ?? 1) / 2);
        const joined = cluster({
          hypervisors: HOSTS.map((host) => hypervisor(host)),
          servers: VMS.map((id, at) => server(id, homes[at] ?? null)),
          targets: HOSTS.map((host, at) => target(host, { cpus: cpus[at] ?? 1, used: used[at] ?? 0 })),
        });
        const actions = moves.map(([vm, from, to], at) => migrate(String(at), [vm, from, to]));
        const plan = {
          id: 'plan',
          auditId: 'audit',
          strategy: null,
          state: 'RECOMMENDED',
          efficacy: [],
          globalEfficacy: [],
          hostname: null,
          statusMessage: null,
          createdAt: 1_000,
          updatedAt: null,
        };
        const view = projectPlan(
          { plan, actions, cluster: joined, happened: new Map() },
          {
            measuredAt: 5_000,
            use: Object.fromEntries(VMS.map((id, at) => [id, { cores: cores[at] ?? 0, memoryBytes: null }])),
            history: {},
            hostLabels: ['instance'],
          },
        );
        const total = (key: 'cpu_now' | 'cpu_after') =>
          view.projection.hosts.reduce(
            (sum, host) => sum + ((host[key] ?? 0) / 100) * (cpus[HOSTS.indexOf(host.host)] ?? 0),
            0,
          );
        expect(total('cpu_after')).toBeCloseTo(total('cpu_now'), 6);
      }),
      RUNS,
    );
  });
});

describe('capacity', () => {
  const inventory = fc.record({
    total: fc.integer({ min: 0, max: 1_000_000 }),
    reserved: fc.integer({ min: 0, max: 1_000_000 }),
    allocationRatio: fc.double({ min: 0, max: 1_000, noNaN: true }),
    maxUnit: fc.constant(1),
  });

  it('is a non-negative whole number, whatever is reserved', () => {
    fc.assert(
      fc.property(inventory, (given) => {
        const capacity = inventoryCapacity(given);
        expect(Number.isInteger(capacity) && capacity >= 0).toBe(true);
      }),
      RUNS,
    );
  });

  it('sums to finite numbers or null', () => {
    const measured = fc.record({
      total: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })),
      used: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })),
    });
    const allocation = fc.record({
      allocation: fc.record({
        total: fc.nat(),
        reserved: fc.nat(),
        capacity: fc.nat(),
        used: fc.nat(),
      }),
      open: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(measured), fc.array(allocation), (hosts, allocations) => {
        const numbers = [...Object.values(sumPhysical(hosts)), ...Object.values(sumVirtual(allocations))];
        for (const number of numbers) expect(number === null || Number.isFinite(number)).toBe(true);
      }),
      RUNS,
    );
    expect([percent(1, 0), percent(0, 0)]).toEqual([null, 0]);
  });
});

describe('the balance score', () => {
  it('is between 0 and 100, and 100 if all hosts are equal', () => {
    const share = fc.option(fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(fc.array(share), (percentages) => {
        const balance = balanceOf(percentages.map((percentage, at) => ({ host: `h${at}`, percentage })));
        if (balance === null) return;
        expect(balance.score).toBeGreaterThanOrEqual(0);
        expect(balance.score).toBeLessThanOrEqual(100);
        const first = percentages.find((percentage) => percentage !== null);
        if (percentages.every((percentage) => percentage === null || percentage === first))
          expect(balance.score).toBeCloseTo(100);
      }),
      RUNS,
    );
  });
});
