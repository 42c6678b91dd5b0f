import type { VmMove } from '@/lib/contract/v1/vms';
import { arrivalOf, endOf, hasArrived } from '@/lib/migration-result';
import type { Action, ActionPlan, Server, ServerMigration } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { readAction } from '../plans/actions';
import type { AuditCase } from '../plans/audit-case';
import type { Happenings } from '../plans/happenings';

/** The moves of one VM, as Nova recorded them, and the plans that asked for them. */

export type AskedBy = { auditId: string; auditName: string; planId: string };

/** The plans that have moved a VM, by the id of Nova's migration. */
export function plansByMigration(
  serverId: string,
  { cases, plans, actions }: { cases: AuditCase[]; plans: ActionPlan[]; actions: Record<string, Action[]> },
  happenings: Happenings,
): Map<string, AskedBy> {
  const names = new Map(cases.map(({ audit }) => [audit.id, audit.name]));
  const asked = new Map<string, AskedBy>();
  for (const plan of plans) {
    const all = actions[plan.id] ?? [];
    const own = all.filter((action) => movesServer(action, serverId));
    if (own.length === 0 || plan.auditId === null) continue;
    const { byAction } = happenings.of(plan, all);
    for (const { id } of own) {
      const migration = byAction.get(id)?.migration_id;
      if (migration)
        asked.set(migration, {
          auditId: plan.auditId,
          auditName: names.get(plan.auditId) ?? plan.auditId,
          planId: plan.id,
        });
    }
  }
  return asked;
}

function movesServer(action: Action, serverId: string): boolean {
  const read = readAction(action);
  return read.kind === 'migrate' && read.id === serverId;
}

type Starter = { person: string; reason: string };

export function describeVmMove(
  migration: ServerMigration,
  { index }: Pick<Cluster, 'index'>,
  by: { plan: AskedBy | undefined; start: Starter | undefined },
): VmMove {
  const { id, type, status, source, destination, startedAt, userId } = migration;
  const nameOf = (host: string | null) => (host === null ? null : (index.resolve(host) ?? host));
  return {
    id,
    type,
    status,
    source: nameOf(source),
    destination: nameOf(destination),
    started_at: startedAt,
    ended_at: endOf(migration),
    plan: by.plan ? { audit_id: by.plan.auditId, audit_name: by.plan.auditName, plan_id: by.plan.planId } : null,
    person: by.start?.person ?? null,
    reason: by.start?.reason ?? null,
    user_id: userId,
  };
}

/**
 * Since when a VM is on its host: since its last move there, or since it was made if it never moved. null if unknown, as
 * where Nova has a move to another host last.
 *
 * @param moves the newest first; null if unknown
 */
export function onHostSince(
  { host, createdAt }: Pick<Server, 'host' | 'createdAt'>,
  moves: ServerMigration[] | null,
  { index }: Pick<Cluster, 'index'>,
): number | null {
  if (host === null || moves === null) return null;
  const last = moves.find(hasArrived);
  if (last === undefined) return createdAt;
  const nameOf = (name: string) => index.resolve(name) ?? name;
  const isHere = last.destination !== null && nameOf(last.destination) === nameOf(host);
  return isHere ? arrivalOf(last) : null;
}
