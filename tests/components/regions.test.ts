import { describe, expect, it } from 'vitest';
import { addressIn, describeRegion } from '@/components/shell/region-words';
import { keepIn } from '@/components/ui/kept';
import type { RegionEntry } from '@/lib/contract/v1/regions';

const NOW = Date.parse('2026-11-28T03:10:00Z');
const region = (more: Partial<RegionEntry>): RegionEntry => ({
  id: 'prod/RegionOne',
  cloud: 'prod',
  name: 'RegionOne',
  label: 'RegionOne',
  is_default: true,
  state: 'ok',
  hosts_total: 412,
  hosts_hot: 0,
  plans_waiting: 2,
  plans_running: 0,
  as_of: NOW,
  failing_since: null,
  problem: null,
  may_act: true,
  ...more,
});

describe('the sentence about a region', () => {
  it.each<[string, Partial<RegionEntry>]>([
    ['no hot host of 412, 2 plans wait', {}],
    [
      '3 of 24 hosts are hot, 5 plans wait, 1 runs',
      { state: 'hot', hosts_total: 24, hosts_hot: 3, plans_waiting: 5, plans_running: 1 },
    ],
    [
      '1 of 24 hosts is hot, 1 plan waits, 2 run',
      { state: 'hot', hosts_total: 24, hosts_hot: 1, plans_waiting: 1, plans_running: 2 },
    ],
    ['no hosts, no plan waits', { hosts_total: 0, plans_waiting: 0 }],
    [
      '3 hosts, load unknown, plans unknown',
      { hosts_total: 3, hosts_hot: null, plans_waiting: null, plans_running: null },
    ],
    [
      'not reached since 02:58 UTC; then 1 of 96 hosts was hot',
      { state: 'stale', hosts_total: 96, hosts_hot: 1, failing_since: Date.parse('2026-11-28T02:58:00Z') },
    ],
    ['being read for the first time', { state: 'reading', hosts_total: null, hosts_hot: null }],
    ['Nova returned 503.', { state: 'failed', hosts_total: null, hosts_hot: null, problem: 'Nova returned 503.' }],
  ])('is “%s”', (sentence, more) => {
    expect(describeRegion(region(more), NOW)).toBe(sentence);
  });
});

describe('choosing another region', () => {
  const other = { name: 'region', value: 'edge/North 1' };
  it.each([
    ['/', '/?region=edge/North%201'],
    ['/hosts/cmp-1/drain/', '/hosts/?region=edge/North%201'],
    ['/vms/4711/', '/vms/?region=edge/North%201'],
    ['/audits/new/', '/plans/?region=edge/North%201'],
    ['/audits/a/plans/p/run/', '/plans/?region=edge/North%201'],
    ['/runs/r/', '/plans/?region=edge/North%201'],
    ['/plans/repeating/', '/plans/repeating/?region=edge/North%201'],
    ['/capacity', '/capacity/?region=edge/North%201'],
  ])('keeps the page, not the object: %s', (from, to) => {
    expect(addressIn(other, from)).toBe(to);
  });

  it('needs no parameter for the default one', () => {
    expect(addressIn(null, '/hosts/cmp-1/')).toBe('/hosts/');
  });
});

describe('an address that keeps the region', () => {
  const kept = { name: 'region', value: 'edge/RegionOne' };
  it.each([
    ['/hosts', '/hosts?region=edge/RegionOne'],
    ['/hosts/?sort=cpu', '/hosts/?sort=cpu&region=edge/RegionOne'],
    ['/hosts/?', '/hosts/?region=edge/RegionOne'],
    ['/hosts/#map', '/hosts/?region=edge/RegionOne#map'],
    ['?page=2', '?page=2&region=edge/RegionOne'],
    ['/hosts/?region=prod/RegionOne', '/hosts/?region=prod/RegionOne'],
    ['#map', '#map'],
    ['//other.example/', '//other.example/'],
    ['https://other.example/', 'https://other.example/'],
  ])('%s', (address, expected) => {
    expect(keepIn(address, kept)).toBe(expected);
    expect(keepIn(address, null)).toBe(address);
  });
});
