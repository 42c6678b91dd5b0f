import { describe, expect, it } from 'vitest';
import { reviewPlan } from '@/lib/domain/review/review';
import { disable, host, move, scene, vm } from './scene';

describe('the balance score of a review', () => {
  it('follows the plan: 60 and 40 become 50 and 50', () => {
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
        steps: [disable('b'), move('x', 'b', 'a', { wave: 2 })],
      }),
    );
    expect([now.cpu?.hosts, after.cpu?.hosts]).toEqual([3, 2]);
    expect(after.cpu).toMatchObject({ score: 100, mean: 50 });
    expect(totals.emptied).toEqual({ count: 1, hosts: ['b'], vms_left: 0 });
  });

  it('is unknown for a resource that is not measured, and known for the others', () => {
    const { now } = reviewPlan(scene({ hosts: [host('a', null, { ram_used: null })] }));
    expect(now).toMatchObject({ cpu: null, ram: null, vcpu: { score: 100 }, overall: 100 });
  });
});
