import type { VersionNeed } from '../microversions';
import type { Write, Written } from './writer';

/** 2.24 aborts a live migration that runs, 2.65 one that is queued or prepares, too. */
const VERSION: VersionNeed = { min: [2, 24], max: [2, 65] };

/**
 * Aborts a live migration: the VM stays on its source and runs on. Nova answers before it is done.
 * https://docs.openstack.org/api-ref/compute/#delete-abort-migration
 *
 * @param migrationNumber Nova's own number of the migration, as in the list of the VM's migrations in progress
 */
export const abortMigration = (
  write: Write,
  { serverId, migrationNumber }: { serverId: string; migrationNumber: string },
): Promise<Written> =>
  write({
    service: 'nova',
    method: 'DELETE',
    path: `servers/${encodeURIComponent(serverId)}/migrations/${encodeURIComponent(migrationNumber)}`,
    version: VERSION,
    what: 'abort the migration',
  });
