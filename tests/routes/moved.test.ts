import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { MOVED_PATHS } from '@/lib/contract/moved';
import { serveUnknownPath } from '@/lib/dashboard/http/serve';
import { servedCloud } from './served-cloud';

servedCloud({ hosts: 3, servers: 6, audits: 2 });

const ask = (address: string) => serveUnknownPath(new Request(`http://visio.test${address}`));
/** Fills in path parameters that need encoding. */
const fill = (pattern: string) => pattern.replace(/\{(\w+)\}/g, (_, name) => `${name}%20%2F1`);

describe('paths that have moved', () => {
  it.each(Object.entries(MOVED_PATHS))('redirects %s to %s permanently, with its query', async (moved, present) => {
    for (const address of [fill(moved), fill(moved).replace(/\/$/, '')]) {
      const response = await ask(`${address}?off=0-3&to=5~cmp-4`);
      expect(response.status).toBe(308);
      expect(response.headers.get('location')).toBe(`${fill(present)}?off=0-3&to=5~cmp-4`);
      expect(response.headers.get('deprecation')).toBe('@1795824000');
      expect(response.headers.get('sunset')).toBe('Tue, 01 Jun 2027 00:00:00 GMT');
      expect(response.headers.get('link')).toContain('rel="deprecation"');
    }
  });

  it.each(Object.entries(MOVED_PATHS))('%s has no route, and %s is an endpoint', (moved, present) => {
    const folderOf = (pattern: string) => path.join('app', pattern.replace(/\{(\w+)\}/g, '[$1]'), 'route.ts');
    expect([existsSync(folderOf(moved)), existsSync(folderOf(present))]).toEqual([false, true]);
    expect(Object.values(ENDPOINTS).map((endpoint) => endpoint.path)).toContain(present);
  });

  it('answers 404 for every other path', async () => {
    for (const address of ['/api/nothing/', '/api/v1/hosts/a/guests/b/', '/api/v1/audits/a/plans//take-away/']) {
      const response = await ask(address);
      expect([response.status, response.headers.get('location')], address).toEqual([404, null]);
    }
  });
});
