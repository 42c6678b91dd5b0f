import { describe, expect, it } from 'vitest';
import { ellipsize, shortenNames } from '@/components/ui/names';

const shorten = (...names: string[]) => [...shortenNames(names).values()];

describe('host names among their like', () => {
  it('lose what all share, up to a separator', () => {
    expect(shorten('cmp-r01-04', 'cmp-r02-11')).toEqual(['r01-04', 'r02-11']);
    expect(shorten('a1.x.org', 'a2.x.org', 'b1.x.org', 'b22.x.org')).toEqual(['a1', 'a2', 'b1', 'b22']);
  });

  it('stay whole where nothing is shared up to a separator, and where there is one', () => {
    expect(shorten('ant', 'bee', 'cat')).toEqual(['ant', 'bee', 'cat']);
    expect(shorten('compute1', 'compute2')).toEqual(['compute1', 'compute2']);
    expect(shorten('cmp-r01-04')).toEqual(['cmp-r01-04']);
    expect(shorten()).toEqual([]);
  });

  it('stay whole where a bare number or nothing would be left', () => {
    expect(shorten('compute-0', 'compute-1', 'compute-12')).toEqual(['compute-0', 'compute-1', 'compute-12']);
    expect(shorten('cmp-', 'cmp-a')).toEqual(['cmp-', 'cmp-a']);
  });
});

describe('ellipsize', () => {
  it('leaves out the middle of a long name', () => {
    expect(ellipsize('abcdefghij', 5)).toBe('ab…ij');
    expect(ellipsize('abc', 5)).toBe('abc');
  });
});
