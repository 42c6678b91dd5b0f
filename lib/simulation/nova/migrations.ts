import type { WireMigration } from '@/lib/openstack/migrations';
import type { SimMigration } from '../model';
import { naiveMicros, ok, type Reply } from '../wire';
import { statusOf, updatedAt } from './progress';
import { badRequest, type NovaRequest, page } from './reply';

/** os-migrations: 2.59 adds pages and changes-since, 2.66 changes-before, 2.80 users. */

export function migrations(request: NovaRequest): Reply {
  const { cloud, query, minor, now } = request;
  const times = ['changes-since', 'changes-before'].map((name) => query.get(name));
  const odd = times.find((text) => text !== null && Number.isNaN(Date.parse(text)));
  if (odd !== undefined) {
    return badRequest(`Invalid input for query parameters changes-since. Value: ${odd}. '${odd}' is not a 'date-time'`);
  }
  const [since, before] = times.map((text) => (text === null ? null : Date.parse(text)));
  const [server, host] = [query.get('instance_uuid'), query.get('host')];
  const rows = cloud.migrations
    .map((migration, i) => ({ ...migration, number: i + 1, updatedAt: updatedAt(migration, now) }))
    .filter(({ startedAt }) => startedAt <= now)
    .filter((row) => minor < 59 || since === null || since === undefined || row.updatedAt >= since)
    .filter((row) => minor < 66 || before === null || before === undefined || row.updatedAt <= before)
    .filter((row) => server === null || row.server.id === server)
    .filter((row) => host === null || [row.source?.name, row.destination?.name].includes(host))
    .sort((a, b) => b.startedAt - a.startedAt || b.number - a.number);
  const describe = (row: (typeof rows)[number]) => describeMigration(row, request);
  return minor < 59 ? ok({ migrations: rows.map(describe) }) : page(request, { name: 'migrations', rows, describe });
}

function describeMigration(row: SimMigration & { number: number; updatedAt: number }, { now, minor }: NovaRequest) {
  const { id, number, server, source, destination } = row;
  const wire: Omit<WireMigration, 'uuid' | 'migration_type' | 'user_id'> & Record<string, unknown> = {
    id: number,
    instance_uuid: server.id,
    source_compute: source?.name ?? null,
    source_node: source?.fqdn ?? null,
    dest_compute: destination?.name ?? null,
    dest_node: destination?.fqdn ?? null,
    dest_host: destination?.ip ?? null,
    old_instance_type_id: 1,
    new_instance_type_id: 1,
    status: statusOf(row, now),
    created_at: naiveMicros(row.startedAt),
    updated_at: naiveMicros(row.updatedAt),
  };
  return {
    ...wire,
    ...(minor >= 23 ? { migration_type: row.type } : {}),
    ...(minor >= 59 ? { uuid: id } : {}),
    ...(minor >= 80 ? { user_id: row.userId, project_id: server.projectId } : {}),
  };
}
