import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ForecastView } from '@/lib/contract/v1/forecast';
import { noteCapacity } from '@/lib/dashboard/collect/capacity-history';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { theStore } from '@/lib/dashboard/sources/store';
import { DAY_MS } from '@/lib/units';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 12, servers: 120 });

const forecasts = async (): Promise<ForecastView[]> => (await ask('forecast')).body.forecasts;
const of = (all: ForecastView[], resource: string) => all.filter((one) => one.resource === resource);
const sum = (all: ForecastView[], key: 'used' | 'capacity') => all.reduce((total, one) => total + one[key], 0);

describe('the forecast of the typed API', () => {
  it('is a range of days for each zone, from the days of an openstack-exporter', async () => {
    const [vcpu] = of(await forecasts(), 'vcpu');
    expect(vcpu).toMatchObject({ kept_by: 'exporter', answer: 'days' });
    expect(vcpu?.history.length).toBeGreaterThan(50);
    expect(vcpu?.days_soonest).toBeLessThanOrEqual(vcpu?.days_likely ?? 0);
    expect(vcpu?.text).toMatch(/^is full in /);
  });

  it('adds up to the region', async () => {
    const { body } = await ask('overview');
    const all = await forecasts();
    expect([sum(of(all, 'vcpu'), 'used'), sum(of(all, 'vcpu'), 'capacity')]).toEqual([
      body.vcpu.allocated,
      body.vcpu.total,
    ]);
    expect(sum(of(all, 'ram'), 'used')).toBe(body.vram.allocated);
  });

  it('says what to do where nobody keeps the figures', async () => {
    const [use] = of(await forecasts(), 'cpu-use');
    expect(use).toMatchObject({ answer: 'no-history', kept_by: null, days_soonest: null });
    expect(use?.advice).toContain('DATA_DIR');
  });

  it('grows from what the dashboard notes itself', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'visio-days-'));
    try {
      served.configure({ DATA_DIR: folder });
      await noteCapacity(defaultRegion().id);
      const today = Math.floor(Date.now() / DAY_MS);
      const noted = (await theStore()?.capacityDays.list(defaultRegion().id, today)) ?? [];
      const [one] = noted.filter(({ resource }) => resource === 'cpu-use');
      if (!one) throw new Error('nothing was noted');
      const daily = one.used / 100;
      const earlier = Array.from({ length: 20 }, (_, i) => ({
        ...one,
        day: today - 1 - i,
        used: one.used - daily * (i + 1),
      }));
      await theStore()?.capacityDays.note(defaultRegion().id, earlier);
      const use = of(await forecasts(), 'cpu-use').find(({ zone }) => zone === one.zone);
      expect(use).toMatchObject({ answer: 'days', kept_by: 'dashboard' });
      expect(use?.growth_per_day).toBeCloseTo(daily, 1);
      await theStore()?.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is still there, and says why days are missing, when Prometheus is down', async () => {
    served.simulation.faults.set('prometheus', { status: 503 });
    const { body } = await ask('forecast');
    expect(body.reason).toMatch(/Prometheus/);
    expect(of(body.forecasts, 'vcpu')[0]).toMatchObject({ answer: 'no-history' });
  });
});
