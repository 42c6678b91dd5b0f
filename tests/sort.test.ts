import { describe, expect, it } from 'vitest';
import { sortBy } from '@/lib/sort';

const HOSTS = [
  { name: 'cmp-2', load: 40 },
  { name: 'cmp-10', load: null },
  { name: 'cmp-1', load: 90 },
  { name: 'cmp-3', load: 40 },
];

const namesBy = (...order: [keyOf: (host: (typeof HOSTS)[number]) => string | number | null, descending?: boolean]) =>
  sortBy(HOSTS, ...order).map(({ name }) => name);

describe('sortBy', () => {
  it('keeps unknown values last in both orders', () => {
    expect(namesBy(({ load }) => load)).toEqual(['cmp-2', 'cmp-3', 'cmp-1', 'cmp-10']);
    expect(namesBy(({ load }) => load, true)).toEqual(['cmp-1', 'cmp-2', 'cmp-3', 'cmp-10']);
  });

  it('sorts numbers within names by value', () => {
    expect(namesBy(({ name }) => name)).toEqual(['cmp-1', 'cmp-2', 'cmp-3', 'cmp-10']);
  });

  it('leaves the given list alone', () => {
    namesBy(({ name }) => name);
    expect(HOSTS[0]?.name).toBe('cmp-2');
  });
});
