import { describe, expect, it } from 'vitest';
import type { ClusterHost } from '@/lib/domain/cluster/cluster';
import { forecastAdvice, forecastWords } from '@/lib/domain/forecast/forecast-words';
import { type Forecast, forecastZones, type ZoneDay } from '@/lib/domain/forecast/forecasts';
import { GIB } from '@/lib/units';
import { hypervisor } from '../build';

const TODAY = 20_100;
const NOW = Date.UTC(2025, 0, 12, 3);
const LIMITS = { cpu: { warm: 70, hot: 80 }, ram: { warm: 80, hot: 90 } };

const hostOf = (name: string, more: Partial<ClusterHost> = {}): ClusterHost => ({
  name,
  hypervisor: hypervisor(name),
  inventories: null,
  vcpu: { total: 100, reserved: 0, capacity: 100, used: 40 },
  vram: { total: 100 * GIB, reserved: 0, capacity: 100 * GIB, used: 40 * GIB },
  ratios: { vcpu: 1, vram: 1 },
  cpu: { total: 50, used: 10 },
  ram: { total: 100 * GIB, used: 20 * GIB },
  reason: null,
  servers: [],
  ...more,
});

const zoneOf = (host: string) => host.slice(0, 1);

const forecast = (
  hosts: ClusterHost[],
  { exported = [], noted = [] }: { exported?: ZoneDay[]; noted?: ZoneDay[] } = {},
) => forecastZones({ hosts, zoneOf, limits: LIMITS, today: TODAY }, { exported, noted });

/** Days before today in a zone of three hosts, with one more vCPU a day until today's 120. */
const days = (count: number): ZoneDay[] =>
  Array.from({ length: count }, (_, i) => ({
    zone: 'a',
    resource: 'vcpu' as const,
    day: TODAY - count + i,
    used: 120 - count + i,
    capacity: 300,
  }));

const THREE = [hostOf('a1'), hostOf('a2'), hostOf('a3')];
const of = (all: Forecast[], resource: string) => all.find((one) => one.resource === resource);

describe('the forecast of a zone', () => {
  it('keeps one host in reserve, and ends what is in use where the others would be hot', () => {
    const all = forecast(THREE);
    expect(all.map(({ resource, used, capacity, limit }) => [resource, used, capacity, limit])).toEqual([
      ['vcpu', 120, 300, 200],
      ['ram', 120 * GIB, 300 * GIB, 200 * GIB],
      ['cpu-use', 30, 150, 80],
      ['ram-use', 60 * GIB, 300 * GIB, 180 * GIB],
    ]);
  });

  it('has nothing in reserve with one host', () => {
    expect(of(forecast([hostOf('a1')]), 'vcpu')?.limit).toBe(100);
  });

  it('looks at each zone alone', () => {
    const all = forecast([...THREE, hostOf('b1')]);
    expect(all.map(({ zone, resource }) => `${zone} ${resource}`)).toContain('b vcpu');
    expect(all).toHaveLength(8);
  });

  it('takes the source that has more days', () => {
    const own = forecast(THREE, { exported: days(20), noted: days(30) });
    expect(of(own, 'vcpu')).toMatchObject({ keptBy: 'dashboard', result: { answer: 'days', likely: 80, days: 31 } });
    const other = forecast(THREE, { exported: days(30), noted: days(20) });
    expect(of(other, 'vcpu')).toMatchObject({ keptBy: 'exporter', result: { likely: 80 } });
  });

  it('has no entry for a zone with a host whose allocations are unknown', () => {
    expect(of(forecast([...THREE, hostOf('a4', { vcpu: null })]), 'vcpu')).toBeUndefined();
  });

  it('leaves one host in twenty that is not measured out of what is in use, but not more', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => hostOf(`a${i}`));
    const unmeasured = hostOf('a20', { cpu: { total: null, used: null } });
    expect(of(forecast([...twenty.slice(1), unmeasured]), 'cpu-use')).toMatchObject({ used: 190, capacity: 950 });
    expect(of(forecast([...twenty.slice(2), unmeasured, { ...unmeasured, name: 'a21' }]), 'cpu-use')).toBeUndefined();
  });
});

describe('the words of a forecast', () => {
  const base: Forecast = {
    zone: 'a',
    resource: 'vcpu',
    used: 171,
    capacity: 300,
    limit: 200,
    history: [],
    keptBy: 'exporter',
    result: { answer: 'no-history' },
  };
  const said = (result: Forecast['result'], more: Partial<Forecast> = {}) =>
    forecastWords({ ...base, ...more, result }, NOW, false);
  const answer = { answer: 'days' as const, perDay: { low: 1, likely: 2, high: 3 }, days: 60, steps: [] };

  it('gives a range and the earliest date', () => {
    const range = { ...answer, soonest: 41, likely: 50, latest: 60 };
    expect(said(range)).toBe('is full in 41 to 60 days, at the earliest on 22 Feb');
    expect(said({ ...range, latest: null })).toBe('is full in 41 days at the earliest, or never');
    expect(said({ ...range, soonest: 1, latest: 1 })).toBe('is full in 1 day, at the earliest on 13 Jan');
    expect(said(range, { resource: 'cpu-use' })).toMatch(/^reaches its limit in 41 to 60 days/);
  });

  it('says why there is none', () => {
    expect(said({ answer: 'full', used: 171 }, { limit: 150 })).toBe('has reached its limit: 57% of 50%');
    expect(said({ answer: 'short-history', days: 9, needed: 14 })).toBe(
      'no answer: only 9 days of figures so far, and 14 are needed',
    );
    expect(said({ answer: 'capacity-changed', days: 1, needed: 14, before: 1_400, now: 1_500 })).toBe(
      'no answer: only 1 day since its capacity changed from 1,400 vCPUs to 1,500 vCPUs, and 14 are needed',
    );
    expect(said({ answer: 'not-growing', days: 60, used: 171 })).toBe('does not grow: 57% after 60 days');
    const feb3 = Date.UTC(2025, 1, 3) / 86_400_000;
    expect(said({ answer: 'step', days: 60, step: { day: feb3, by: 33 } })).toBe(
      'no answer: it grew by 33 vCPUs on 3 Feb, and not otherwise',
    );
  });

  it('says what to do where nobody keeps the figures', () => {
    expect(forecastAdvice(base, false)).toContain('DATA_DIR');
    expect(forecastAdvice({ ...base, result: { answer: 'not-growing', days: 60, used: 1 } }, false)).toBeNull();
  });

  it('asks for nothing in the first minutes of a dashboard that keeps them', () => {
    expect(forecastAdvice(base, true)).toBeNull();
    expect(forecastWords(base, NOW, true)).toBe('no answer: the first figure is yet to be kept');
  });
});
