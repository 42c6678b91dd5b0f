import { z } from 'zod';
import { rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import { hasNext, linksSchema } from './nova-links';
import { readPages, readWithRows } from './paging';
import type { ServerMigration } from './records';
import type { Session } from './session';
import { firstDate, optionalText, optionalTime, time } from './wire';

/**
 * 2.59 pages the list and lists changes; before, Nova sends all migrations it has ever made in one response. 2.80 reports
 * the users.
 */
const MIGRATIONS: VersionNeed = { min: [2, 59], max: [2, 80] };

/** https://docs.openstack.org/api-ref/compute/#list-migrations */
const migrationSchema = z
  .object({
    uuid: z.string(),
    instance_uuid: z.string(),
    migration_type: optionalText(),
    status: z.string(),
    source_compute: optionalText(),
    dest_compute: optionalText(),
    user_id: optionalText(),
    created_at: time(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): ServerMigration => ({
      id: wire.uuid,
      serverId: wire.instance_uuid,
      type: wire.migration_type ?? '',
      status: wire.status.toLowerCase(),
      source: wire.source_compute || null,
      destination: wire.dest_compute || null,
      userId: wire.user_id || null,
      startedAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

const migrationsSchema = z.object({ migrations: rowsOf(migrationSchema), migrations_links: linksSchema });

export type WireMigration = z.input<typeof migrationSchema>;

type Wanted = {
  /** Only migrations that began or changed since then; ms. */
  since?: number;
  /** Only those of one VM. */
  serverId?: string;
  /** Maximum number of migrations. */
  most: number;
  /** Called with Nova's time at the first page, if Nova sends it. */
  onTime?: (novaTime: number) => void;
};

/**
 * Migrations of all projects' VMs, the last to begin first.
 *
 * @throws SourceError of Keystone or Nova; of kind `missing` below 2.59, `forbidden` where the policy does not allow it
 */
export function listMigrations(
  session: Session,
  { since, serverId, most, onTime }: Wanted,
): Promise<ServerMigration[]> {
  const onHeaders = firstDate(onTime);
  const changesSince = since === undefined ? undefined : new Date(since).toISOString();
  return readPages({
    source: 'nova',
    list: 'os-migrations',
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows } = await readWithRows(session, 'migrations', {
        service: 'nova',
        path: 'os-migrations',
        query: { limit, marker, 'changes-since': changesSince, instance_uuid: serverId },
        schema: migrationsSchema,
        version: MIGRATIONS,
        onHeaders,
      });
      return { items: page.migrations, rows, more: hasNext(page.migrations_links) };
    },
    idOf: ({ id }) => id,
    idField: 'uuid',
    maxItems: most,
  });
}
