import { z } from 'zod';
import { orNull, rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import type { LiveProgress } from './records';
import type { Session } from './session';
import { optionalText, optionalTime, time } from './wire';

/** 2.23 introduces progress, 2.59 UUIDs, 2.80 users. */
const PROGRESS: VersionNeed = { min: [2, 23], max: [2, 80] };

const bytes = () => orNull(z.number().min(0));

/** https://docs.openstack.org/api-ref/compute/#list-migrations-for-a-server */
const progressSchema = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    uuid: optionalText(),
    server_uuid: z.string(),
    status: z.string(),
    source_compute: optionalText(),
    dest_compute: optionalText(),
    memory_total_bytes: bytes(),
    memory_processed_bytes: bytes(),
    memory_remaining_bytes: bytes(),
    disk_total_bytes: bytes(),
    disk_processed_bytes: bytes(),
    disk_remaining_bytes: bytes(),
    created_at: time(),
    updated_at: optionalTime(),
  })
  .transform(
    (wire): LiveProgress => ({
      id: wire.uuid || wire.id,
      number: wire.id,
      serverId: wire.server_uuid,
      status: wire.status.toLowerCase(),
      source: wire.source_compute || null,
      destination: wire.dest_compute || null,
      totalBytes: sum(wire.memory_total_bytes, wire.disk_total_bytes),
      processedBytes: sum(wire.memory_processed_bytes, wire.disk_processed_bytes),
      remainingBytes: sum(wire.memory_remaining_bytes, wire.disk_remaining_bytes),
      startedAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  );

/** Unknown without the memory: VMs on shared storage have no disk to copy. */
const sum = (memory: number | null, disk: number | null): number | null =>
  memory === null ? null : memory + (disk ?? 0);

const listSchema = z.object({ migrations: rowsOf(progressSchema) });

export type WireProgress = z.input<typeof progressSchema>;

/**
 * The live migrations of a VM that run now; none once they have ended, and none for cold ones.
 *
 * @throws SourceError of Keystone or Nova; of kind `missing` below 2.23, `forbidden` where the policy does not allow it
 */
export async function listServerMigrations(session: Session, serverId: string): Promise<LiveProgress[]> {
  const { migrations } = await session.read({
    service: 'nova',
    path: `servers/${encodeURIComponent(serverId)}/migrations`,
    what: 'servers/migrations',
    about: serverId,
    schema: listSchema,
    version: PROGRESS,
  });
  return migrations;
}
