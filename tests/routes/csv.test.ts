import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';
import { serveHostsCsv } from '@/lib/dashboard/http/hosts-csv';
import { ask, servedCloud } from './served-cloud';

/** Lists as CSV for clients that ask for it. */

servedCloud({ hosts: 12, servers: 60 });

const WITH_TWIN = (Object.keys(ENDPOINTS) as EndpointName[]).filter((name) => ENDPOINTS[name].csv !== null);

async function asCsv(name: EndpointName, query = '', accept = 'text/csv') {
  const request = new Request(`http://visio.test${ENDPOINTS[name].path}${query}`, { headers: { accept } });
  const response = await ANSWERS[name](request, { params: Promise.resolve({}) });
  return { response, lines: (await response.text()).trimEnd().split('\r\n') };
}

describe('Accept: text/csv', () => {
  it('is one of nine lists', () => {
    expect(WITH_TWIN.sort()).toEqual([
      'activity',
      'acts',
      'capacity',
      'forecast',
      'hostFailures',
      'hosts',
      'plans',
      'repeatingAudits',
      'vms',
    ]);
  });

  it.each(WITH_TWIN)('makes a file of %s, and JSON stays what everyone else gets', async (name) => {
    const { response, lines } = await asCsv(name);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
    expect(response.headers.get('vary')).toBe('Accept-Encoding, Accept');
    expect(lines[0]).toMatch(/^\w+(,\w+)+$/);
    for (const accept of ['*/*', 'application/json, text/csv', 'text/html'])
      expect((await asCsv(name, '', accept)).response.headers.get('content-type')).toBe('application/json');
    expect((await ask(name)).response.headers.get('vary')).toBe('Accept-Encoding, Accept');
  });

  it('has every row, in the order of the JSON answer, whatever was asked before', async () => {
    const { body } = await ask('hosts', { query: '?limit=1000' });
    const names = body.hosts.map(({ name }: { name: string }) => name);
    const rows = async (query: string) => (await asCsv('hosts', query)).lines.slice(1).map((row) => row.split(',')[0]);
    expect(await rows('')).toEqual(names);
    expect(await rows('?sort=name&order=desc')).toEqual(names.toReversed());
    expect((await ask('hosts')).response.headers.get('content-type')).toBe('application/json');
    const file = await (await serveHostsCsv(new Request('http://visio.test/hosts.csv?sort=name&order=asc'))).text();
    expect((await asCsv('hosts')).lines).toEqual(file.trimEnd().split('\r\n'));
  });

  it('has no pages, and refuses what JSON refuses', async () => {
    for (const [query, parameter] of [
      ['?limit=5', 'limit'],
      ['?offset=5', 'offset'],
      ['?nonsense=1', 'nonsense'],
      ['?show=cold', 'show'],
    ] as const) {
      const { response, lines } = await asCsv('hosts', query);
      expect([response.status, JSON.parse(lines.join('')).parameter]).toEqual([400, parameter]);
    }
  });
});
