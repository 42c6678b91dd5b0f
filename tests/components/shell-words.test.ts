import { describe, expect, it } from 'vitest';
import { describeAffected, describeChip, listChips } from '@/components/shell/sources';
import { nextTheme, readThemeCookie, themeAttribute, themeCookie } from '@/components/shell/theme';
import { ageOfOld, listTroubles } from '@/components/shell/trouble';
import type { SourceView } from '@/lib/contract/v1/sources';
import { MINUTE_MS } from '@/lib/units';
import { MISSING_READING, NOW, readings, STALE } from './samples';

const plain = (text: string) => text.replaceAll('\u202f', ' ');
const service = (name: string, changes: Partial<SourceView> = {}): SourceView => ({
  name,
  status: 'ok',
  message: null,
  since: null,
  checked_at: NOW - 14_000,
  answered_at: NOW - 14_000,
  unreadable: [],
  ...changes,
});
const OPENSTACK = ['Keystone', 'Nova', 'Placement', 'Watcher'].map((name) => service(name));
const chips = (services: SourceView[]) => listChips({ sources: services }, NOW, MINUTE_MS);

describe('listChips', () => {
  it('shows OpenStack as ok only if all its services are', () => {
    expect(chips([service('Prometheus'), ...OPENSTACK]).map(({ name, state }) => [name, state])).toEqual([
      ['Prometheus', 'ok'],
      ['OpenStack', 'ok'],
    ]);
    const [, openstack] = chips([...OPENSTACK.slice(0, 3), service('Watcher', { status: 'error' })]);
    expect(openstack?.state).toBe('error');
    expect(openstack && describeChip(openstack)).toBe('Watcher is failing');
  });

  it('counts a source as old by the oldest check of its services', () => {
    const [prometheus, openstack] = chips([
      service('Prometheus', { checked_at: NOW - 61_000 }),
      ...OPENSTACK.slice(1),
      service('Keystone', { checked_at: NOW - 59_000 }),
    ]);
    expect(prometheus?.state).toBe('old');
    expect(openstack?.state).toBe('ok');
    expect(openstack?.checkedAt).toBe(NOW - 59_000);
  });

  it('shows both sources as being checked before anything is known', () => {
    expect(listChips(undefined, NOW, MINUTE_MS).map(({ state }) => state)).toEqual(['checking', 'checking']);
  });
});

describe('describeAffected', () => {
  it('names what fails with each service, and with Keystone everything at once', () => {
    expect(describeAffected([service('Nova'), service('Placement')])).toBe(
      'Hosts, VMs and flavors; Allocations of each host',
    );
    expect(describeAffected([service('Keystone'), service('Nova')])).toBe('Everything from OpenStack');
  });
});

describe('listTroubles', () => {
  it('says since when a source fails, what is old and what is current', () => {
    const [trouble] = listTroubles(readings({ load: STALE }), NOW);
    expect(plain(trouble?.headline ?? '')).toBe('Prometheus has given no data since 02:41 UTC, 5 min ago.');
    expect(trouble?.consequence).toBe(
      'CPU and RAM use below is from 02:41 UTC; hosts and VMs, allocations and audits are current.',
    );
    expect(trouble?.error).toBe('Prometheus refused the connection.');
  });

  it('says what is unknown where a source never responded', () => {
    const [trouble] = listTroubles(readings({ load: MISSING_READING }), NOW);
    expect(plain(trouble?.headline ?? '')).toBe('Prometheus has given no data since 02:42 UTC, 4 min ago.');
    expect(trouble?.consequence).toMatch(/^CPU and RAM use is unknown; /);
  });

  it('names Keystone once where three readings fail with it', () => {
    const down = { ...STALE, error: { source: 'Keystone', message: 'Keystone returned 500.', since: NOW - MINUTE_MS } };
    const troubles = listTroubles(readings({ inventory: down, allocations: down, optimizer: down }), NOW);
    expect(troubles.map(({ source }) => source)).toEqual(['Keystone']);
    expect(troubles[0]?.consequence).toBe(
      'Hosts and VMs, allocations and audits below are from 02:41 UTC; CPU and RAM use is current.',
    );
  });

  it('lists every failing source', () => {
    const watcher = { ...STALE, error: { source: 'Watcher', message: 'Watcher returned 503.', since: NOW } };
    expect(listTroubles(readings({ load: STALE, optimizer: watcher }), NOW).map(({ source }) => source)).toEqual([
      'Prometheus',
      'Watcher',
    ]);
    expect(listTroubles(readings(), NOW)).toEqual([]);
  });
});

describe('ageOfOld', () => {
  it('gives the age of data that is older than two refreshes without an error', () => {
    const at = (minutes: number) =>
      readings({ load: { state: 'stale', as_of: NOW - minutes * MINUTE_MS, error: null } });
    expect(ageOfOld(at(4), NOW, 2 * MINUTE_MS)).toBeNull();
    expect(ageOfOld(at(6), NOW, 2 * MINUTE_MS)).toBe(6 * MINUTE_MS);
    expect(ageOfOld(readings({ load: STALE }), NOW, MINUTE_MS)).toBeNull();
  });
});

describe('the theme', () => {
  it('goes round, and is kept in a cookie unless it is the system’s', () => {
    expect(nextTheme('system')).toBe('light');
    expect(nextTheme('dark')).toBe('system');
    expect(readThemeCookie(`a=b; ${themeCookie('dark').split(';')[0]}; c=d`)).toBe('dark');
    expect(themeCookie('system')).toContain('max-age=0');
  });

  it('ignores a cookie with anything else in it', () => {
    expect(readThemeCookie('watcher-visio-theme="><script>')).toBe('system');
    expect(readThemeCookie('')).toBe('system');
    expect(themeAttribute('system')).toBeUndefined();
  });
});
