import { listMigrations } from '@/lib/openstack/migrations';
import type { ServerMigration } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { gridUntil, timesOf } from '@/lib/prometheus/node-history';
import type { ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import { DAY_MS, HOUR_MS } from '@/lib/units';
import type { LoadReader } from './load';

/** What is read about one VM. */

/** Its moves as Nova recorded them, the newest first. @param most how many at most @throws SourceError of Keystone or Nova */
export const readVmMoves = (session: Session, serverId: string, most: number): Promise<ServerMigration[]> =>
  listMigrations(session, { serverId, most });

/** Once an hour for a day, oldest first; `use` is null where nothing was measured. `found`: whether an exporter reports VMs. */
export type VmPast = { points: { at: number; use: ServerUse | null }[]; found: boolean };

/**
 * The same figures as now, at times in the past, so that the last point and the present agree.
 *
 * @throws SourceError of Prometheus
 */
export async function readVmPast(load: LoadReader, id: string, now: number): Promise<VmPast> {
  const metrics = await load.metrics();
  const points = await Promise.all(
    timesOf(gridUntil(now, DAY_MS, HOUR_MS)).map(async (at) => ({
      at,
      use: (await listServerUse(metrics, [id], { at })).get(id) ?? null,
    })),
  );
  return { points, found: metrics.exporters.servers.length > 0 };
}
