import { describe, expect, it } from 'vitest';
import { SCHEDULER } from '@/components/moves/filters';
import { layOutFlow } from '@/components/moves/flow/layout';
import { migration } from './audit-samples';

const move = (source: string, destination: string | null) => migration({ source, destination });
const FRAME = { top: 28, bottom: 328 };

describe('the layout of the flow', () => {
  it('orders hosts by their number of VMs, and counts the VMs of each ribbon', () => {
    const flow = layOutFlow([move('a', 'x'), move('b', 'x'), move('b', 'y'), move('b', 'y')], FRAME);
    expect(flow.sources.map(({ host, vms }) => [host, vms])).toEqual([
      ['b', 3],
      ['a', 1],
    ]);
    expect(flow.destinations.map(({ host, vms }) => [host, vms])).toEqual([
      ['x', 2],
      ['y', 2],
    ]);
    expect(flow.ribbons.map(({ title }) => title)).toEqual(['b → x: 1 VM', 'b → y: 2 VMs', 'a → x: 1 VM']);
    expect(flow.sides).toEqual([2, 2]);
  });

  it('keeps ribbons side by side within their node, and nodes within the frame', () => {
    const flow = layOutFlow([move('a', 'x'), move('a', 'y'), move('a', 'y'), move('a', 'y')], FRAME);
    const [node] = flow.sources;
    const [first, second] = flow.ribbons;
    if (!node || !first || !second) throw new Error('not drawn');
    // Three quarters go to y, so the middle is at three eighths; the quarter that goes to x has its middle at seven.
    expect((first.from - node.y) / node.height).toBeCloseTo(3 / 8, 9);
    expect((second.from - node.y) / node.height).toBeCloseTo(7 / 8, 9);
    for (const { y, height } of [...flow.sources, ...flow.destinations]) {
      expect(y).toBeGreaterThanOrEqual(FRAME.top);
      expect(y + height).toBeLessThanOrEqual(FRAME.bottom + 1e-9);
    }
  });

  it('draws up to 10 hosts per side; if there are more, 9 and the rest as one', () => {
    const ten = layOutFlow(
      Array.from({ length: 10 }, (_, i) => move(`s${i}`, 'x')),
      FRAME,
    );
    expect(ten.sources).toHaveLength(10);
    const many = layOutFlow([...Array.from({ length: 99 }, (_, i) => move(`s${i}`, 'x')), move('s0', 'x')], FRAME);
    expect(many.sources).toHaveLength(10);
    expect(many.sources.at(-1)).toMatchObject({ host: null, label: '90 more hosts', vms: 90 });
    expect(many.sides).toEqual([99, 1]);
    expect(many.ribbons.reduce((sum, { vms }) => sum + vms, 0)).toBe(100);
  });

  it('treats a destination chosen by the scheduler as a node of its own', () => {
    const flow = layOutFlow([move('a', null)], FRAME);
    expect(flow.destinations[0]).toMatchObject({ host: SCHEDULER, label: 'chosen by the scheduler' });
  });

  it('is empty without moves', () => {
    expect(layOutFlow([], FRAME)).toEqual({ sources: [], destinations: [], ribbons: [], sides: [0, 0] });
  });
});
