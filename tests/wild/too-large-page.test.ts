import { delay, HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listServers } from '@/lib/openstack/nova';
import { listServerGroups } from '@/lib/openstack/nova-rules';
import { listAudits } from '@/lib/openstack/watcher';
import { MINUTE_MS } from '@/lib/units';
import { NOVA, open, recordedCloud, recording, WATCHER } from '../openstack/recorded-cloud';

/**
 * Rows that are so large that a page of 1,000 is over the size limit, such as VMs with user data. The session of these tests
 * refuses responses over a million bytes.
 */

const cloud = recordedCloud();

/** `count` rows of this many bytes each; `limits` records how many were asked for. */
function serveRows(path: string, { count, bytes, list }: { count: number; bytes: number; list: string }) {
  const limits: number[] = [];
  const state = { count, bytes, limits };
  const template = list === 'audits' ? recording('watcher-audits-detail').audits[0] : { status: 'ACTIVE' };
  cloud.use(
    http.get(path, ({ request }) => {
      const query = new URL(request.url).searchParams;
      const limit = Number(query.get('limit'));
      limits.push(limit);
      const marker = query.get('marker');
      const from = Number(query.get('offset') ?? (marker === null ? 0 : Number(marker.split('-')[1]) + 1));
      const rows = Array.from({ length: Math.max(0, Math.min(limit, state.count - from)) }, (_, i) => ({
        ...template,
        id: `row-${from + i}`,
        uuid: `row-${from + i}`,
        user_data: 'x'.repeat(state.bytes),
      }));
      return HttpResponse.json({ [list]: rows });
    }),
  );
  return state;
}

const SERVERS = `${NOVA}/v2.1/servers/detail`;

describe('a page over the size limit', () => {
  it('is asked for in smaller pages until one fits, and all rows arrive once', async () => {
    const { limits } = serveRows(SERVERS, { count: 600, bytes: 4_000, list: 'servers' });
    const servers = await listServers(open());
    expect(new Set(servers.map(({ id }) => id)).size).toBe(600);
    expect(servers).toHaveLength(600);
    expect(limits).toEqual([1000, 500, 250, 125, 125, 125, 125, 125]);
  });

  it('is not asked for again: the next list begins with the size that fitted', async () => {
    const { limits } = serveRows(SERVERS, { count: 300, bytes: 6_000, list: 'servers' });
    const session = open();
    await listServers(session);
    limits.length = 0;
    expect(await listServers(session)).toHaveLength(300);
    expect(limits).toEqual([125, 125, 125]);
  });

  it('shrinks in the middle of a list, where the large rows begin', async () => {
    const state = serveRows(SERVERS, { count: 2_500, bytes: 10, list: 'servers' });
    const servers = await listServers(open(), {
      onPage: () => {
        state.bytes = 3_000;
      },
    });
    expect(new Set(servers.map(({ id }) => id)).size).toBe(2_500);
    expect(state.limits.slice(0, 5)).toEqual([1000, 1000, 500, 250, 250]);
  });

  it('may be a page of one row', async () => {
    const { limits } = serveRows(SERVERS, { count: 3, bytes: 700_000, list: 'servers' });
    expect(await listServers(open())).toHaveLength(3);
    expect(limits.slice(-4)).toEqual([1, 1, 1, 1]);
  });

  it('fails with the size if even one row is too large', async () => {
    serveRows(SERVERS, { count: 3, bytes: 2_000_000, list: 'servers' });
    await expect(listServers(open())).rejects.toMatchObject({ source: 'nova', kind: 'too-large' });
  });

  it('shrinks for Watcher’s lists and for server groups, which are paged by offset', async () => {
    serveRows(`${WATCHER}/v1/audits/detail`, { count: 90, bytes: 20_000, list: 'audits' });
    expect(await listAudits(open())).toHaveLength(90);
    serveRows(`${NOVA}/v2.1/os-server-groups`, { count: 90, bytes: 20_000, list: 'server_groups' });
    expect(await listServerGroups(open())).toHaveLength(90);
  });
});

describe('a page that does not arrive in time', () => {
  it('is smaller at the next attempt, and as large as before an hour later', async () => {
    let now = Date.parse('2026-11-01T00:00:00Z');
    const limits: number[] = [];
    cloud.use(
      http.get(SERVERS, async ({ request }) => {
        const limit = Number(new URL(request.url).searchParams.get('limit'));
        limits.push(limit);
        if (limit > 500) await delay(2_500);
        return HttpResponse.json({ servers: [] });
      }),
    );
    const session = open({ clock: () => now });
    await expect(listServers(session)).rejects.toMatchObject({ kind: 'timeout' });
    await listServers(session);
    now += 61 * MINUTE_MS;
    await expect(listServers(session)).rejects.toMatchObject({ kind: 'timeout' });
    expect(limits).toEqual([1000, 500, 1000]);
  });
});
