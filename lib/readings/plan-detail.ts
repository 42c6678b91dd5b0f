import type { Action } from '@/lib/openstack/records';
import type { Session } from '@/lib/openstack/session';
import { listActions } from '@/lib/openstack/watcher';
import type { ServerUse } from '@/lib/prometheus/records';
import { listServerUse } from '@/lib/prometheus/server-use';
import type { LoadReader } from './load';
import { asPart, type Part } from './placing-rules';

/** The actions of one plan, and the current usage of the VMs they move. */
export type PlanDetail = { actions: Action[]; use: Part<Record<string, ServerUse>> };

/**
 * @param listMoved returns the ids of the VMs that these actions move
 * @throws SourceError of Keystone or Watcher
 */
export async function readPlanDetail(
  { session, load }: { session: Session; load: LoadReader },
  planId: string,
  listMoved: (actions: Action[]) => string[],
): Promise<PlanDetail> {
  const actions = await listActions(session, { planId });
  return { actions, use: await asPart(readUse(load, listMoved(actions))) };
}

async function readUse(load: LoadReader, ids: string[]): Promise<Record<string, ServerUse>> {
  if (ids.length === 0) return {};
  return Object.fromEntries(await listServerUse(await load.metrics(), ids));
}
