import { SECOND_MS } from '@/lib/units';
import type { Cloud, SimMigration } from './model';
import { openRandom } from './random';

/** Nova's record of moves. */

/** How long a live migration takes. */
export const MIGRATION_MS = 20 * SECOND_MS;

/** Watcher's account at Nova. */
const WATCHER_USER = '5f1d8c1e6b7a4f0d9b3c2a1908f7e6d5';
/** A person who moves VMs by hand. */
export const OPERATOR_USER = 'c0ffee5a11c04d5e8f7a6b5c4d3e2f10';

type Recorded = Pick<SimMigration, 'server' | 'source' | 'destination' | 'startedAt' | 'endedAt'> &
  Partial<Pick<SimMigration, 'type' | 'userId' | 'ended'>>;

/** Adds a migration to Nova's record; by default a live migration by Watcher that succeeds. */
export function recordMigration(cloud: Cloud, recorded: Recorded): SimMigration {
  const migration: SimMigration = {
    // Own random numbers, so that a further migration changes nothing else about the cloud.
    id: openRandom(ID_SEED + cloud.migrations.length).uuid(),
    type: recorded.type ?? (recorded.server.status === 'ACTIVE' ? 'live-migration' : 'migration'),
    ended: recorded.ended ?? 'completed',
    server: recorded.server,
    source: recorded.source,
    destination: recorded.destination,
    userId: recorded.userId ?? WATCHER_USER,
    startedAt: recorded.startedAt,
    endedAt: recorded.endedAt,
  };
  cloud.migrations.push(migration);
  return migration;
}

const ID_SEED = 90_001;
