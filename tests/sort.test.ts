import { describe, expect, it } from 'vitest';
import { compareNames, sortBy } from '@/lib/sort';

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

describe('the order of names', () => {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const signs = ['a', 'B', 'b', 'z', '-', '0', '1', '9', '007', '10', '.', '_', 'ä', 'Ä', '日', ' ', "'"];
  /** The same names each time. */
  function* names(count: number): Generator<string> {
    let state = 42;
    for (let i = 0; i < count; i++) {
      let text = '';
      for (let n = 0; n < 1 + (i % 6); n++) {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        // Every second name has plain signs only.
        text += signs[state % (i % 2 === 0 ? 10 : signs.length)];
      }
      yield text;
    }
  }

  it('is the collator’s for all names, and that of their characters where it finds them equal', () => {
    const all = [...names(400)];
    for (const a of all)
      for (const b of all) {
        const expected = Math.sign(collator.compare(a, b)) || (a < b ? -1 : a > b ? 1 : 0);
        if (Math.sign(compareNames(a, b)) !== expected) expect([a, b, compareNames(a, b)]).toEqual([a, b, expected]);
      }
    expect(compareNames('Web-007', 'web-7')).not.toBe(0);
  });
});
