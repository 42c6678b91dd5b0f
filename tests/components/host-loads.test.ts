import { describe, expect, it } from 'vitest';
import {
  axisEnd,
  chartsOf,
  countBins,
  describeLoads,
  describeRows,
  type HostLoad,
  pickRows,
} from '@/components/audits/host-loads';

const load = (name: string, now: number, after = now): HostLoad => ({ name, now, after });
/** h0 … h(n-1), of which the first ones change by 1, 2, 3 … points. */
const fleet = (count: number, changing: number) =>
  Array.from({ length: count }, (_, i) => load(`h${i}`, 50, i < changing ? 51 + i : 50));

describe('pickRows', () => {
  it('draws every host if there are few, hottest first', () => {
    const picked = pickRows([load('a', 10), load('b', 90, 60), load('c', 40)], false);
    expect(picked.rows.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect(describeRows(picked)).toBe('1 of 3 hosts changes, hottest first.');
  });

  it('draws the 24 largest changes if there are many hosts, and all changes on demand', () => {
    const few = pickRows(fleet(400, 181), false);
    expect(few).toMatchObject({ changed: 181, total: 400, more: 181 });
    expect(new Set(few.rows.map(({ name }) => name))).toEqual(
      new Set(Array.from({ length: 24 }, (_, i) => `h${180 - i}`)),
    );
    expect(describeRows(few)).toBe('24 largest changes of 181. 219 hosts don’t change.');
    const all = pickRows(fleet(400, 181), true);
    expect(all.rows).toHaveLength(181);
    expect(all.more).toBeNull();
    expect(describeRows(all)).toBe('All 181 that change, hottest first. 219 hosts don’t change.');
  });

  it('draws no more than a canvas can hold', () => {
    const all = pickRows(fleet(1000, 900), true);
    expect(all.rows).toHaveLength(500);
    expect(describeRows(all)).toBe('500 largest changes of 900. 100 hosts don’t change.');
  });

  it('draws the hottest hosts if none changes', () => {
    const picked = pickRows(fleet(30, 0), false);
    expect(picked.rows).toHaveLength(24);
    expect(describeRows(picked)).toBe('No host changes. These are the 24 hottest of 30 hosts.');
  });

  it('counts a change once it shows in the last digit', () => {
    expect(pickRows([load('a', 50, 50.04)], false).changed).toBe(0);
    expect(pickRows([load('a', 50, 50.06)], false).changed).toBe(1);
  });
});

describe('the distribution', () => {
  it('counts hosts per 5 points; the last bin includes 100% and above', () => {
    const { now, after } = countBins([load('a', 0, 100), load('b', 4.9, 5), load('c', 5, 112)]);
    expect([now[0], now[1]]).toEqual([2, 1]);
    expect([after[1], after[19]]).toEqual([1, 2]);
    expect(now).toHaveLength(20);
  });

  it('is left out if the rows show the same', () => {
    const chartOf = (hosts: number) => {
      const loads = fleet(hosts, 1);
      return chartsOf({ what: 'CPU', loads, rows: loads, limits: { warm: 70, hot: 85 }, before: 'now' }).distribution;
    };
    expect(chartOf(8)).toBeNull();
    expect(chartOf(9)?.series.map(({ values }) => values.reduce((sum, count) => (sum ?? 0) + (count ?? 0), 0))).toEqual(
      [9, 9],
    );
  });

  it('has a scale up to 100%, or beyond for an overload', () => {
    expect(axisEnd([load('a', 30, 100)])).toBe(100);
    expect(axisEnd([load('a', 30, 112)])).toBe(125);
  });
});

describe('describeLoads', () => {
  it('names the hottest host now and after the plan', () => {
    expect(describeLoads({ what: 'CPU', loads: [load('a', 89.4, 61), load('b', 20, 63.6)], before: 'now' })).toBe(
      'CPU of 2 hosts: the hottest is a with 89% now, and b with 64% after the plan. 2 hosts change. The same figures are in the table view.',
    );
    expect(describeLoads({ what: 'RAM', loads: [], before: 'now' })).toBe('RAM per host: no host is measured.');
  });
});
