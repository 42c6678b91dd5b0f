import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { listMigrations } from '@/lib/openstack/migrations';
import { reportingLosses } from '@/lib/openstack/reported-losses';
import type { Loss } from '@/lib/shape';
import { NOVA, open, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();

const SINCE = Date.UTC(2026, 10, 22, 14);
const LIST = `${NOVA}/v2.1/os-migrations`;

/** Serves these rows in pages, and records the queries. */
function novaWith(rows: { uuid: unknown }[]) {
  const queries: URLSearchParams[] = [];
  server.use(
    http.get(LIST, ({ request }) => {
      const query = new URL(request.url).searchParams;
      queries.push(query);
      const marker = query.get('marker');
      const from = marker === null ? 0 : rows.findIndex(({ uuid }) => uuid === marker) + 1;
      if (marker !== null && from === 0)
        return HttpResponse.json({ badRequest: { message: `Marker ${marker} not found` } }, { status: 400 });
      const page = rows.slice(from, from + Number(query.get('limit')));
      const links = from + page.length < rows.length ? [{ rel: 'next', href: 'http://internal/' }] : undefined;
      return HttpResponse.json({ migrations: page, migrations_links: links });
    }),
  );
  return queries;
}

describe('listing migrations', () => {
  it('reads who was moved from where to where, when, and with which result, as Nova 26 recorded it', async () => {
    let version = '';
    server.use(
      http.get(LIST, ({ request }) => {
        version = request.headers.get('openstack-api-version') ?? '';
        return HttpResponse.json(recording('nova-migrations'));
      }),
    );
    const migrations = await listMigrations(open(), { since: SINCE, most: 100 });
    expect(version).toBe('compute 2.80');
    expect(migrations).toHaveLength(9);
    expect(migrations[0]).toEqual({
      id: '9f05f397-b45e-4240-a714-ce0f5ffd333d',
      serverId: '370b14ed-e3d7-45ff-82c7-b87296bfc5fb',
      type: 'live-migration',
      status: 'error',
      source: 'compute-4',
      destination: null,
      userId: 'f0b77c5d5355429a9b810d7e0fb6a9af',
      startedAt: Date.UTC(2026, 10, 22, 14, 34, 8),
      updatedAt: Date.UTC(2026, 10, 22, 14, 34, 9),
    });
    expect(migrations[1]).toMatchObject({ status: 'completed', source: 'compute-4', destination: 'compute-1' });
  });

  it('pages by uuid, since Nova takes no other marker, and asks only for what has changed', async () => {
    const { migrations } = recording('nova-migrations');
    const many = Array.from({ length: 2_300 }, (_, i) => ({ ...migrations[1], id: 5_000 - i, uuid: `uuid-${i}` }));
    const queries = novaWith(many);
    const read = await listMigrations(open(), { since: SINCE, most: 5_000 });
    expect(new Set(read.map(({ id }) => id)).size).toBe(2_300);
    expect(queries.map((query) => query.get('marker'))).toEqual([null, 'uuid-999', 'uuid-1999']);
    expect(new Set(queries.map((query) => query.get('changes-since')))).toEqual(new Set(['2026-11-22T14:00:00.000Z']));
  });

  it('stops at the maximum number', async () => {
    const { migrations } = recording('nova-migrations');
    const many = Array.from({ length: 2_300 }, (_, i) => ({ ...migrations[1], uuid: `uuid-${i}` }));
    const queries = novaWith(many);
    expect(await listMigrations(open(), { since: SINCE, most: 1_200 })).toHaveLength(1_200);
    expect(queries.map((query) => query.get('limit'))).toEqual(['1000', '200']);
  });

  it('loses only the row that can’t be read', async () => {
    const { migrations } = recording('nova-migrations');
    novaWith([
      { ...migrations[1], created_at: 'yesterday', uuid: 'odd' },
      migrations[2],
      { ...migrations[3], user_id: 7 },
    ]);
    const losses: Loss[] = [];
    const session = reportingLosses(open(), (loss) => losses.push(loss));
    const read = await listMigrations(session, { since: SINCE, most: 100 });
    expect(read.map(({ id }) => id)).toEqual([migrations[2].uuid, migrations[3].uuid]);
    expect(read[1]?.userId).toBeNull();
    expect(losses.map(({ field }) => field)).toEqual(['created_at', 'user_id']);
  });

  it('says what is needed where Nova is too old, and who must be allowed where the policy refuses', async () => {
    const { versions } = recording('discovery-nova-root');
    server.use(
      http.get(`${NOVA}/v2.1/`, () => {
        const old = { ...versions.at(-1), version: '2.53' };
        return HttpResponse.json({ version: old });
      }),
    );
    await expect(listMigrations(open(), { since: SINCE, most: 100 })).rejects.toMatchObject({
      kind: 'missing',
      message: 'Nova offers API versions 2.1 to 2.53, but 2.59 to 2.80 is needed.',
    });
    server.resetHandlers();
    server.use(http.get(LIST, () => HttpResponse.json({ forbidden: { message: 'Policy' } }, { status: 403 })));
    await expect(listMigrations(open(), { since: SINCE, most: 100 })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
