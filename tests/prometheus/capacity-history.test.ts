import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listCapacityHistory } from '@/lib/prometheus/capacity-history';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { DAY_MS } from '@/lib/units';
import { BASE, exporters, open, servedPrometheus } from './served';

const { server } = servedPrometheus();
const GRID = { start: 20_000 * DAY_MS, end: 20_002 * DAY_MS, step: DAY_MS };

/** One series per measure and class; points are [days after the start, value]. */
type Measures = Record<string, [number, string][]>;

function serveDays(answer: (query: string) => Measures): string[] {
  const queries: string[] = [];
  server.use(
    http.post(`${BASE}/api/v1/query_range`, async ({ request }) => {
      const query = new URLSearchParams(await request.text()).get('query') ?? '';
      queries.push(query);
      const result = Object.entries(answer(query)).map(([name, points]) => {
        const [m = '', resourcetype = ''] = name.split(' ');
        const values = points.map(([days, value]) => [(GRID.start + days * DAY_MS) / 1000, value]);
        return { metric: { m, resourcetype }, values };
      });
      return HttpResponse.json({ status: 'success', data: { resultType: 'matrix', result } });
    }),
  );
  return queries;
}

const read = (hosts: string[]) =>
  listCapacityHistory(
    { prometheus: open(), settings: defaultMetricSettings, exporters: exporters({ openstack: true }) },
    hosts,
    GRID,
  );

describe('listCapacityHistory', () => {
  it('returns what was used and what there was of each class, for days that have both', async () => {
    const queries = serveDays(() => ({
      'used VCPU': [
        [0, '10'],
        [1, '12'],
        [2, '13'],
      ],
      'capacity VCPU': [
        [0, '64'],
        [2, '64'],
      ],
    }));
    expect(await read(['cmp-1', 'cmp-2.example'])).toEqual([
      { at: GRID.start, resourceClass: 'VCPU', used: 10, capacity: 64 },
      { at: GRID.end, resourceClass: 'VCPU', used: 13, capacity: 64 },
    ]);
    expect(queries[0]).toContain('hostname=~"cmp-1|cmp-2\\\\.example"');
  });

  it('adds up what several queries return for many hosts, and leaves out days that one lacks', async () => {
    const hosts = Array.from({ length: 200 }, (_, i) => `compute-${i}.cloud.example`);
    let asked = 0;
    serveDays(() => {
      asked++;
      const days: [number, string][] = [[0, '5'], ...(asked === 1 ? [] : [[1, '6'] satisfies [number, string]])];
      return { 'used VCPU': days, 'capacity VCPU': days };
    });
    const points = await read(hosts);
    expect(asked).toBeGreaterThan(1);
    expect(points).toEqual([{ at: GRID.start, resourceClass: 'VCPU', used: 5 * asked, capacity: 5 * asked }]);
  });

  it('leaves out amounts below zero, which nothing can have', async () => {
    serveDays(() => ({
      'used VCPU': [
        [0, '-1'],
        [1, '12'],
        [2, '13'],
      ],
      'capacity VCPU': [
        [0, '64'],
        [1, '-0.5'],
        [2, '64'],
      ],
    }));
    expect((await read(['cmp-1'])).map(({ at }) => at)).toEqual([GRID.end]);
  });

  it('asks nothing without an openstack-exporter', async () => {
    const queries = serveDays(() => ({}));
    const metrics = { prometheus: open(), settings: defaultMetricSettings, exporters: exporters({ openstack: false }) };
    expect(await listCapacityHistory(metrics, ['cmp-1'], GRID)).toEqual([]);
    expect(queries).toEqual([]);
  });
});
