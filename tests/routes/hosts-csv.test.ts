import { describe, expect, it } from 'vitest';
import { serveHostsCsv } from '@/lib/dashboard/http/hosts-csv';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });

const load = (query = '', headers: Record<string, string> = {}) =>
  serveHostsCsv(new Request(`http://visio.test/hosts.csv${query}`, { headers }));

const namesIn = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0]);

describe('GET /hosts.csv', () => {
  it('has all hosts in the order of the page, as a file named by the time of its data', async () => {
    const response = await load();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="hosts-\d{8}-\d{4}Z\.csv"$/);
    expect(response.headers.get('x-data-state')).toBe('fresh');
    const { hosts } = (await ask('hosts', { query: '?sort=cpu&order=desc' })).body;
    const names = namesIn(await response.text());
    expect(names).toHaveLength(24);
    expect(names).toEqual(hosts.map(({ name }: { name: string }) => name));
  });

  it('follows the filters of the page, and begins each column with its own order', async () => {
    const names = namesIn(await (await load('?q=r02&sort=name')).text());
    expect(names[0]).toBe('cmp-r02-01');
    expect(names).toHaveLength(12);
  });

  it('uses the newest plan if the chosen audit no longer exists, as the page does', async () => {
    expect(await (await load('?audit=gone')).text()).toBe(await (await load()).text());
  });

  it('answers 304 to a client that has it already', async () => {
    const etag = (await load()).headers.get('etag') ?? '';
    const again = await load('', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('answers wrong parameters and missing data with problem documents', async () => {
    const wrong = await load('?sort=colour');
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await wrong.json()).toMatchObject({ parameter: 'sort' });
    served.simulation.setFault('nova', { status: 500 });
    const missing = await load('?q=new');
    expect([missing.status, missing.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await missing.json()).toMatchObject({ source: 'Nova' });
  });
});
