import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listServers } from '@/lib/openstack/nova';
import { listActions, listAudits } from '@/lib/openstack/watcher';
import { NOVA, open, recordedCloud, recording, WATCHER } from './recorded-cloud';

const server = recordedCloud();

/** A Nova with `count` VMs and pages of at most `maxLimit`, whose next links lead elsewhere. Records the requested markers. */
function novaWith(count: number, maxLimit: number) {
  const all = Array.from({ length: count }, (_, i) => ({ id: `vm-${i}`, name: `vm-${i}`, status: 'ACTIVE' }));
  const markers: (string | null)[] = [];
  server.use(
    http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) => {
      const query = new URL(request.url).searchParams;
      const marker = query.get('marker');
      markers.push(marker);
      const from = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
      const page = all.slice(from, from + Math.min(Number(query.get('limit')), maxLimit));
      const next = { rel: 'next', href: 'http://internal.example:1234/servers/detail?marker=other' };
      return HttpResponse.json({ servers: page, servers_links: from + page.length < all.length ? [next] : undefined });
    }),
  );
  return markers;
}

describe('reading a long list', () => {
  it('reads 2,345 VMs in three pages by marker, and never follows a next link', async () => {
    const markers = novaWith(2_345, 1_000);
    const servers = await listServers(open());
    expect(new Set(servers.map(({ id }) => id)).size).toBe(2_345);
    expect(servers).toHaveLength(2_345);
    expect(markers).toEqual([null, 'vm-999', 'vm-1999']);
  });

  it('reads to the end if the service returns smaller pages than requested', async () => {
    const markers = novaWith(2_345, 500);
    expect(await listServers(open())).toHaveLength(2_345);
    expect(markers).toEqual([null, 'vm-499', 'vm-999', 'vm-1499', 'vm-1999']);
  });

  it('requests another page after a full last page', async () => {
    const markers = novaWith(1_000, 1_000);
    expect(await listServers(open())).toHaveLength(1_000);
    expect(markers).toEqual([null, 'vm-999']);
  });

  it('returns an item once even if it moved to the next page in the meantime', async () => {
    const link = [{ rel: 'next' }];
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, ({ request }) =>
        new URL(request.url).searchParams.has('marker')
          ? HttpResponse.json({ servers: [{ id: 'b' }, { id: 'c' }] })
          : HttpResponse.json({ servers: [{ id: 'a' }, { id: 'b' }], servers_links: link }),
      ),
    );
    expect((await listServers(open())).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('stops if the service repeats the same page', async () => {
    server.use(
      http.get(`${NOVA}/v2.1/servers/detail`, () =>
        HttpResponse.json({ servers: [{ id: 'a' }], servers_links: [{ rel: 'next' }] }),
      ),
    );
    await expect(listServers(open())).rejects.toMatchObject({
      kind: 'shape',
      message: expect.stringContaining('same page'),
    });
  });
});

describe('reading a list from Watcher', () => {
  /** A Watcher with `count` actions one minute apart, pages of 1,000, and a `next` link on every full page. */
  function watcherWith(count: number) {
    const [template] = recording('watcher-actions-filtered-limit').actions;
    const all = Array.from({ length: count }, (_, i) => ({
      ...template,
      uuid: `action-${i}`,
      created_at: new Date(Date.UTC(2026, 0, 1) - i * 60_000).toISOString(),
    }));
    const queries: URLSearchParams[] = [];
    server.use(
      http.get(`${WATCHER}/v1/actions/detail`, ({ request }) => {
        const query = new URL(request.url).searchParams;
        queries.push(query);
        const from = all.findIndex(({ uuid }) => uuid === query.get('marker')) + 1;
        const page = all.slice(from, from + Number(query.get('limit')));
        const next = page.length === 1_000 ? 'http://internal.example:9322/v1/actions/detail?marker=other' : undefined;
        return HttpResponse.json({ actions: page, next });
      }),
    );
    return queries;
  }

  it('keeps the filter on every page, which the next link loses, and stops at the end', async () => {
    const queries = watcherWith(2_000);
    expect(await listActions(open(), { planId: 'plan' })).toHaveLength(2_000);
    expect(queries.map((query) => [query.get('action_plan_uuid'), query.get('marker')])).toEqual([
      ['plan', null],
      ['plan', 'action-999'],
      ['plan', 'action-1999'],
    ]);
  });

  it('reads newest first, back to the page that reaches past the time', async () => {
    const queries = watcherWith(5_000);
    const actions = await listActions(open(), { since: Date.UTC(2026, 0, 1) - 1_500 * 60_000 });
    expect(actions).toHaveLength(2_000);
    expect(actions[0]?.id).toBe('action-1999');
    expect(queries.map((query) => [query.get('sort_dir'), query.get('marker')])).toEqual([
      ['desc', null],
      ['desc', 'action-999'],
    ]);
  });

  it('can be limited to the newest audits', async () => {
    const { audits } = recording('watcher-audits-detail');
    server.use(
      http.get(`${WATCHER}/v1/audits/detail`, ({ request }) => {
        expect(new URL(request.url).searchParams.get('limit')).toBe('2');
        return HttpResponse.json({ audits: audits.slice(0, 2), next: 'http://internal.example/' });
      }),
    );
    expect(await listAudits(open(), { limit: 2 })).toHaveLength(2);
  });
});
