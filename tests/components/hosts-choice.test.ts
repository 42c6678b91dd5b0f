import { describe, expect, it } from 'vitest';
import {
  DEFAULTS,
  hostPageAddress,
  hostsAddress,
  hostsCsvAddress,
  readHostChoice,
  readHostsChoice,
  sortedBy,
} from '@/components/hosts/choice';

const queryOf = (address: string) => Object.fromEntries(new URL(address, 'http://visio.test').searchParams);

describe('the address of the host table', () => {
  it('leaves out defaults', () => {
    expect(readHostsChoice({})).toEqual(DEFAULTS);
    expect(hostsAddress(DEFAULTS)).toBe('/hosts/');
  });

  it('restores the choice it was made from', () => {
    const choice = {
      ...DEFAULTS,
      zone: 'az b',
      aggregate: 'ssd',
      q: 'r02 & r03',
      show: 'in-plan',
      sort: 'ram-after',
      page: 3,
      audit: 'a b',
    } as const;
    expect(readHostsChoice(queryOf(hostsAddress(choice)))).toEqual(choice);
    const turned = { ...choice, order: 'asc' } as const;
    expect(readHostsChoice(queryOf(hostsAddress(turned)))).toEqual(turned);
  });

  it('falls back to the defaults for invalid values', () => {
    const query = { show: 'cold', sort: 'toString', order: 'up', page: '-2', q: ['a', 'b'], audit: '' };
    expect(readHostsChoice(query)).toEqual({ ...DEFAULTS, q: 'a' });
  });

  it('of the export covers all pages', () => {
    expect(hostsCsvAddress({ ...DEFAULTS, show: 'hot', page: 4 })).toBe('/hosts.csv?show=hot');
  });

  it('reverses the order if a column is selected again, and returns to the first page', () => {
    const byRam = sortedBy({ ...DEFAULTS, page: 3 }, 'ram');
    expect(byRam).toMatchObject({ sort: 'ram', order: 'desc', page: 1 });
    expect(sortedBy(byRam, 'ram').order).toBe('asc');
    expect(sortedBy(byRam, 'name').order).toBe('asc');
  });
});

describe('the address of a host', () => {
  it('restores the choice it was made from, whatever the name', () => {
    const address = hostPageAddress('a/b?c', { audit: 'x', range: '24h' });
    expect(address).toBe('/hosts/a%2Fb%3Fc/?audit=x&range=24h');
    expect(readHostChoice(queryOf(address))).toEqual({ audit: 'x', range: '24h' });
    expect(hostPageAddress('cmp-1', { range: '6h' })).toBe('/hosts/cmp-1/');
  });
});
