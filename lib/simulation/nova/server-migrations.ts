import type { SimMigration, SimServer } from '../model';
import { naiveMicros, ok, type Reply } from '../wire';
import { hasEnded, memoryOf, statusOf, updatedAt } from './progress';
import { badRequest, fault, NO_SUCH_URL, type NovaRequest, notFound, refuseByPolicy } from './reply';

/** A server's live migrations that have not ended: 2.23 lists them, 2.24 aborts one that copies, 2.65 one that still waits. */

const LISTS = 23;
const ABORTS = 24;
const ABORTS_IN_QUEUE = 65;

/** With its number in Nova's record, which is its id here. */
type Found = { migration: SimMigration; number: number };

export function serverMigrations(request: NovaRequest, id: string, number: string | undefined): Reply {
  const { cloud, minor, now, method } = request;
  if (minor < LISTS) return NO_SUCH_URL;
  const server = cloud.servers.find((one) => one.id === id && one.deletedAt === undefined);
  if (!server) return notFound(`Instance ${id} could not be found.`);
  const found = cloud.migrations
    .map((migration, i): Found => ({ migration, number: i + 1 }))
    .filter(({ migration }) => migration.server === server && migration.type === 'live-migration');
  const running = found.filter(({ migration }) => !hasEnded(migration, now));
  const describe = (row: Found) => describeProgress(row, request);
  if (number === undefined) return method === 'GET' ? ok({ migrations: running.map(describe) }) : NO_SUCH_URL;
  if (method === 'DELETE') return minor < ABORTS ? NO_SUCH_URL : abort(request, server, { found, number });
  const one = running.find((row) => String(row.number) === number);
  return one
    ? ok({ migration: describe(one) })
    : notFound(`In-progress live migration ${number} is not found for server ${id}.`);
}

function abort(request: NovaRequest, server: SimServer, { found, number }: { found: Found[]; number: string }): Reply {
  const { engine, minor, now } = request;
  const refused = refuseByPolicy(request, 'os_compute_api:servers:migrations:delete');
  if (refused) return refused;
  if (found.every(({ migration }) => hasEnded(migration, now))) {
    return fault(
      409,
      'conflictingRequest',
      `Cannot 'abort live migration' instance ${server.id} while it is in task_state None`,
    );
  }
  const migration = found.find((row) => String(row.number) === number)?.migration;
  if (!migration) return notFound(`Migration ${number} not found for instance ${server.id}`);
  const status = statusOf(migration, now);
  const allowed = ['running', ...(minor >= ABORTS_IN_QUEUE ? ['queued', 'preparing'] : [])];
  if (!allowed.includes(status)) {
    return badRequest(
      `Migration ${number} state of instance ${server.id} is ${status}. Cannot abort live migration while the migration is in this state.`,
    );
  }
  engine.applier.takeUp(migration, engine.now());
  engine.mover.abort(migration, engine.now());
  return { status: 202, body: '' };
}

function describeProgress({ migration, number }: Found, { now, minor }: NovaRequest): Record<string, unknown> {
  const { id, server, source, destination, userId, startedAt } = migration;
  const memory = memoryOf(migration, now);
  // Disks are on shared storage, so none is copied.
  const disk = memory === null ? null : 0;
  return {
    created_at: naiveMicros(startedAt),
    dest_compute: destination?.name ?? null,
    dest_host: destination?.ip ?? null,
    dest_node: destination?.fqdn ?? null,
    disk_processed_bytes: disk,
    disk_remaining_bytes: disk,
    disk_total_bytes: disk,
    id: number,
    memory_processed_bytes: memory?.processed ?? null,
    memory_remaining_bytes: memory?.remaining ?? null,
    memory_total_bytes: memory?.total ?? null,
    server_uuid: server.id,
    source_compute: source?.name ?? null,
    source_node: source?.fqdn ?? null,
    status: statusOf(migration, now),
    updated_at: naiveMicros(updatedAt(migration, now)),
    ...(minor >= 59 ? { uuid: id } : {}),
    ...(minor >= 80 ? { user_id: userId, project_id: server.projectId } : {}),
  };
}
