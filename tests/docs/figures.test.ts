import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inventoryCapacity, sumPhysical, sumVirtual } from '@/lib/domain/cluster/capacity';
import { daysToFull } from '@/lib/domain/forecast/days-to-full';
import { balanceOf } from '@/lib/domain/projection/balance';
import { keptPart } from '@/lib/domain/projection/delivered';
import { demandOf, noTotals } from '@/lib/domain/projection/demand';
import { impactOf, pointsOf } from '@/lib/domain/projection/impact';
import { server } from '../domain/build';

/** The examples of docs/figures.md, computed. */

const PAGE = readFileSync('docs/figures.md', 'utf8').replace(/\s+/g, ' ');
/** The page has this example. */
const says = (text: string) => expect(PAGE).toContain(text);

describe('the examples in docs/figures.md', () => {
  it('add up physical CPUs', () => {
    says('48 + 32 = 80 of 192 cores, 41.7%');
    const { used, usedPercentage } = sumPhysical([
      { total: 64, used: 0.75 * 64 },
      { total: 128, used: 0.25 * 128 },
    ]);
    expect([used, usedPercentage?.toFixed(1)]).toEqual([80, '41.7']);
  });

  it('count virtual CPUs', () => {
    says('offers 240 vCPU. With 90 allocated: 150 free, 37.5%, and 1.50× of at most 4.00×');
    const inventory = { total: 64, reserved: 4, allocationRatio: 4, maxUnit: 64 };
    const capacity = inventoryCapacity(inventory);
    const sum = sumVirtual([{ allocation: { total: 64, reserved: 4, capacity, used: 90 }, open: true }]);
    expect(sum).toMatchObject({
      total: 240,
      free: 150,
      allocatedPercentage: 37.5,
      overcommitRatio: 1.5,
      overcommitMax: 4,
    });
  });

  it('estimate a VM', () => {
    says('a VM of 4 vCPUs is estimated at 2 cores');
    const flavor = { name: 'm1.large', vcpus: 4, ramBytes: 0, diskBytes: 0, extraSpecs: {} };
    const vm = server('vm', 'host', { flavor });
    const load = { cpu: { total: 64, used: 30 }, ram: { total: null, used: null } };
    const host = { load, totals: { ...noTotals(), running: 15, vcpus: 60 } };
    expect(demandOf({ server: vm, measured: undefined, host }).cores).toBe(2);
  });

  it('weigh a move', () => {
    says('falls to 77.5% (−12.5 points), the destination rises to 36.3% (+6.3 points)');
    const [source, destination] = [pointsOf(8, 64), pointsOf(8, 128)];
    expect([source, destination]).toEqual([90 - 77.5, 36.25 - 30]);
    says('Above: 12.5 points, Medium.');
    expect(impactOf(source, destination)).toBe('Medium');
  });

  it('measure balance', () => {
    says('mean 40, σ = 20, score 60');
    const balance = balanceOf([
      { host: 'a', percentage: 20 },
      { host: 'b', percentage: 60 },
    ]);
    expect(balance).toMatchObject({ mean: 40, spread: 20, score: 60 });
  });

  it('judge a promise', () => {
    says('it kept 6 of 8 points, 75%');
    expect(keptPart({ made: 20, promised: 12, before: 21, after: 15 })).toBe(0.75);
  });

  it('tell when a zone is full', () => {
    says('With 1,000 vCPUs left and 5 more used each day, that is 200 days.');
    const days = Array.from({ length: 30 }, (_, day) => ({ day, used: 355 + 5 * day, capacity: 2_000 }));
    expect(daysToFull(days, 1_500)).toMatchObject({ answer: 'days', likely: 200 });
  });
});
