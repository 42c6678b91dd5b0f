import { describe, expect, it } from 'vitest';
import {
  listChoices,
  NO_FILTERS,
  nextSort,
  readFilters,
  SCHEDULER,
  selectRows,
  UNKNOWN_IMPACT,
  writeFilters,
} from '@/components/moves/filters';
import { migration } from './audit-samples';

const MOVES = [
  migration({
    action_id: '1',
    vm_name: 'web-10',
    source: 'cmp-1',
    destination: 'cmp-2',
    flavor: 'm1.large',
    vcpus: 4,
  }),
  migration({
    action_id: '2',
    vm_name: 'web-9',
    source: 'cmp-1',
    destination: null,
    flavor: null,
    vcpus: null,
    impact: null,
    source_points: null,
    destination_points: null,
  }),
  migration({
    action_id: '3',
    vm_name: 'DB-1',
    source: 'cmp-10',
    destination: 'cmp-2',
    flavor: 'c2.2xlarge',
    vcpus: 16,
    impact: 'High',
    source_points: 20,
  }),
];

const shown = (changes: Partial<typeof NO_FILTERS>) =>
  selectRows(MOVES, { ...NO_FILTERS, ...changes }).map(({ order }) => order);

describe('filters of migrations', () => {
  it('search VM, hosts and flavor for every word', () => {
    expect(shown({})).toEqual([1, 2, 3]);
    expect(shown({ text: 'web' })).toEqual([1, 2]);
    expect(shown({ text: ' db ' })).toEqual([3]);
    expect(shown({ text: 'cmp-10' })).toEqual([3]);
    expect(shown({ text: 'web large' })).toEqual([1]);
    expect(shown({ text: 'nothing' })).toEqual([]);
  });

  it('select by source, destination and impact, including the scheduler’s choice and unknown impact', () => {
    expect(shown({ source: 'cmp-1' })).toEqual([1, 2]);
    expect(shown({ destination: 'cmp-2' })).toEqual([1, 3]);
    expect(shown({ destination: SCHEDULER })).toEqual([2]);
    expect(shown({ impact: 'High' })).toEqual([3]);
    expect(shown({ impact: UNKNOWN_IMPACT })).toEqual([2]);
    expect(shown({ source: 'cmp-1', destination: 'cmp-2' })).toEqual([1]);
  });

  it('sort names naturally and keep unknown values last in both orders', () => {
    expect(shown({ sort: 'instance' })).toEqual([3, 2, 1]);
    expect(shown({ sort: 'source' })).toEqual([1, 2, 3]);
    expect(shown({ sort: 'vcpus' })).toEqual([1, 3, 2]);
    expect(shown({ sort: 'vcpus', descending: true })).toEqual([3, 1, 2]);
    expect(shown({ sort: 'impact', descending: true })).toEqual([3, 1, 2]);
    expect(shown({ sort: 'order', descending: true })).toEqual([3, 2, 1]);
  });

  it('start with the largest size, and reverse on the second click', () => {
    expect(nextSort(NO_FILTERS, 'ram')).toEqual({ sort: 'ram', descending: true });
    expect(nextSort(NO_FILTERS, 'instance')).toEqual({ sort: 'instance', descending: false });
    expect(nextSort({ ...NO_FILTERS, sort: 'ram', descending: true }, 'ram')).toEqual({
      sort: 'ram',
      descending: false,
    });
  });

  it('survive a round trip through the address', () => {
    const filters = {
      text: 'a&b=c',
      source: 'cmp-1',
      destination: SCHEDULER,
      impact: 'High',
      sort: 'ram' as const,
      descending: true,
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(writeFilters(filters))) if (value !== null) query.set(name, value);
    expect(query.toString()).toBe('q=a%26b%3Dc&from=cmp-1&to=*&impact=High&sort=-ram');
    expect(readFilters(new URLSearchParams(query.toString()))).toEqual(filters);
    expect(Object.values(writeFilters(NO_FILTERS)).every((value) => value === null)).toBe(true);
    expect(readFilters(new URLSearchParams('sort=nonsense'))).toEqual(NO_FILTERS);
  });

  it('offer the values that occur, with counts', () => {
    expect(listChoices(MOVES)).toEqual({
      sources: [
        { value: 'cmp-1', count: 2 },
        { value: 'cmp-10', count: 1 },
      ],
      destinations: [
        { value: SCHEDULER, count: 1 },
        { value: 'cmp-2', count: 2 },
      ],
      impacts: [
        { value: 'High', count: 1 },
        { value: 'Medium', count: 1 },
        { value: UNKNOWN_IMPACT, count: 1 },
      ],
    });
  });
});
