import { describe, expect, it } from 'vitest';
import { reviewPlan } from '@/lib/domain/review/review';
import { balanceOf } from '@/lib/domain/review/score';
import { disable, host, move, scene, vm } from './scene';

const shares = (...percentages: (number | null)[]) =>
  percentages.map((percentage, i) => ({ host: `h${i}`, percentage }));

describe('the balance score', () => {
  it('is 100 minus twice the deviation: 100 for hosts alike, 0 for half full and half empty', () => {
    expect(balanceOf(shares(40, 40, 40))).toMatchObject({ score: 100, spread: 0, range: 0, mean: 40 });
    expect(balanceOf(shares(0, 100))).toMatchObject({ score: 0, spread: 50, range: 100 });
    // Both 10 away from the mean of 50.
    expect(balanceOf(shares(40, 60))).toMatchObject({ score: 80, spread: 10, range: 20, mean: 50 });
  });

  it('names the highest and the lowest host, and counts those it does not know', () => {
    expect(balanceOf(shares(40, null, 60))).toMatchObject({
      highest: { host: 'h2', percentage: 60 },
      lowest: { host: 'h0', percentage: 40 },
      hosts: 2,
      left_out: 1,
    });
    expect(balanceOf(shares(null))).toBeNull();
    expect(balanceOf([])).toBeNull();
  });

  it('never falls below 0, although more can be allocated than there is', () => {
    expect(balanceOf(shares(0, 300))?.score).toBe(0);
  });

  it('says what a plan makes of it: 60 and 40 become 50 and 50', () => {
    const { now, after } = reviewPlan(
      scene({ hosts: [host('a', 60), host('b', 40)], vms: [vm('x', 'a')], steps: [move('x', 'a', 'b')] }),
    );
    expect(now.cpu).toMatchObject({ score: 80, range: 20, highest: { host: 'a', percentage: 60 } });
    expect(after.cpu).toMatchObject({ score: 100, range: 0, mean: 50 });
    // 4 of 100 vCPUs go from 50% to 46% and 54%: 4 away from the mean. 4 of 100 GiB in use likewise.
    expect([after.vcpu?.score, after.ram?.score]).toEqual([92, 92]);
    // 8192 of 102,400 MiB are 8 points.
    expect(after.vram?.score).toBeCloseTo(84);
    expect(after.overall).toBeCloseTo((100 + 92 + 92 + 84) / 4);
  });

  it('leaves out hosts that are down, and hosts that are disabled and empty', () => {
    const { now } = reviewPlan(
      scene({
        hosts: [
          host('a', 50),
          host('down', 0, { state: 'down' }),
          host('drained', 0, { status: 'disabled', vms: 0 }),
          host('draining', 30, { status: 'disabled', vms: 3 }),
        ],
      }),
    );
    expect(now.cpu).toMatchObject({ hosts: 2, lowest: { host: 'draining' }, score: 80 });
  });

  it('leaves a host out after the plan that disables and empties it', () => {
    const { now, after, totals } = reviewPlan(
      scene({
        hosts: [host('a', 40), host('b', 10), host('c', 50)],
        vms: [vm('x', 'b')],
        steps: [disable('b'), move('x', 'b', 'a', { wave: 1 })],
      }),
    );
    expect([now.cpu?.hosts, after.cpu?.hosts]).toEqual([3, 2]);
    expect(after.cpu).toMatchObject({ score: 100, mean: 50 });
    expect(totals.emptied).toBe(1);
  });

  it('is unknown where nothing is measured, and the others still stand', () => {
    const { now } = reviewPlan(scene({ hosts: [host('a', null, { ram_used: null })] }));
    expect(now).toMatchObject({ cpu: null, ram: null, vcpu: { score: 100 }, overall: 100 });
  });
});
