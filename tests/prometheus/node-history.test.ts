import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { gridUntil, listNodeHistory } from '@/lib/prometheus/node-history';
import { defaultMetricSettings } from '@/lib/prometheus/settings';
import { BASE, exporters, open, servedPrometheus } from './served';

const { server } = servedPrometheus();
const GRID = { start: 1_700_000_040_000, end: 1_700_000_160_000, step: 60_000 };
const LABELS = { instance: 'cmp-1:9100', job: 'no"de' };

/** Points are [seconds after the start, value]. */
function serveRange(measures: Record<string, [number, string][]>) {
  const forms: URLSearchParams[] = [];
  server.use(
    http.post(`${BASE}/api/v1/query_range`, async ({ request }) => {
      forms.push(new URLSearchParams(await request.text()));
      const result = Object.entries(measures).map(([measure, points]) => ({
        metric: measure.startsWith('node_') ? { m: 'memory', __name__: measure } : { m: measure },
        values: points.map(([after, value]) => [GRID.start / 1000 + after, value]),
      }));
      return HttpResponse.json({ status: 'success', data: { resultType: 'matrix', result } });
    }),
  );
  return forms;
}

const read = (more = {}) =>
  listNodeHistory({ prometheus: open(), settings: defaultMetricSettings, exporters: exporters(more) }, LABELS, GRID);

describe('listNodeHistory', () => {
  it('returns a point for each time, with null where the target did not exist', async () => {
    const forms = serveRange({
      idle: [
        [0, '0.25'],
        [60, '0.5'],
        [120, 'NaN'],
      ],
      modes: [
        [0, '1'],
        [120, '1'],
      ],
      node_memory_MemTotal_bytes: [
        [0, '100'],
        [120, '100'],
      ],
      node_memory_MemAvailable_bytes: [[0, '40']],
    });
    expect(await read()).toEqual([
      { at: GRID.start, idleShare: 0.25, memoryTotalBytes: 100, memoryAvailableBytes: 40 },
      // The rate continues, but not the counters: the target had stopped.
      { at: GRID.start + 60_000, idleShare: null, memoryTotalBytes: null, memoryAvailableBytes: null },
      { at: GRID.end, idleShare: null, memoryTotalBytes: 100, memoryAvailableBytes: null },
    ]);
    const query = forms[0]?.get('query') ?? '';
    expect(query).toContain('job="no\\"de",instance="cmp-1:9100",fqdn="",hostname=""');
    expect(Object.fromEntries(forms[0] ?? [])).toMatchObject({ start: '1700000040', end: '1700000160', step: '60' });
  });

  it('has no idle share where not all modes that count as idle were reported', async () => {
    serveRange({ idle: [[0, '0.25']], modes: [[0, '1']] });
    const metrics = { prometheus: open(), settings: { ...defaultMetricSettings, idleModes: ['idle', 'iowait'] } };
    const [first] = await listNodeHistory({ ...metrics, exporters: exporters() }, LABELS, GRID);
    expect(first?.idleShare).toBeNull();
  });

  it('uses the busy share from recording rules, which have no memory', async () => {
    const forms = serveRange({ busy: [[0, '0.75']] });
    const [first, second] = await read({ hosts: 'recording-rules' });
    expect(first).toEqual({ at: GRID.start, idleShare: 0.25, memoryTotalBytes: null, memoryAvailableBytes: null });
    expect(second?.idleShare).toBeNull();
    expect(forms[0]?.get('query')).toContain('instance:node_cpu_utilisation:rate1m');
  });

  it('returns only nulls without an exporter', async () => {
    const moments = await read({ hosts: null });
    expect(moments.map(({ idleShare }) => idleShare)).toEqual([null, null, null]);
  });

  it('averages over the whole step if it is longer than the window, so that no peak is missed', async () => {
    const forms = serveRange({});
    const hourly = { start: 0, end: 7_200_000, step: 3_600_000 };
    await listNodeHistory(
      { prometheus: open(), settings: defaultMetricSettings, exporters: exporters() },
      LABELS,
      hourly,
    );
    expect(forms[0]?.get('query')).toContain('[3600s]');
  });
});

it('gridUntil ends at the last whole step', () => {
  expect(gridUntil(605_000, 300_000, 60_000)).toEqual({ start: 300_000, end: 600_000, step: 60_000 });
});
