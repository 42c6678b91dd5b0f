import type { Migration } from '@/lib/contract/v1/audits';
import type { HostAfter, HostPlan } from '@/lib/contract/v1/hosts';
import type { AuditCase } from '../plans/audit-case';
import { isOpen } from '../plans/states';
import type { PlanView } from './plan-projection';

/** What a plan would do to hosts. */
export type PlanEffect = { plan: HostPlan; after: Map<string, HostAfter>; migrations: Migration[] };

/** Moves that change a host's load, as far as is known. */
const takesPlace = ({ problem }: Migration): boolean =>
  problem === null || problem === 'no-destination' || problem === 'load-unknown';

/** The newest audit that has a plan: what is shown where none is chosen. */
export const newestWithPlan = (cases: AuditCase[]): AuditCase | undefined => cases.find(({ shown }) => shown !== null);

/**
 * A plan's effect on each host. A plan that is over has none: what it did is in the load already. null for an audit
 * without a plan.
 */
export function effectOfPlan({ audit, shown }: AuditCase, { migrations, projection }: PlanView): PlanEffect | null {
  if (shown === null) return null;
  const open = isOpen(shown.state);
  const leaving = countBy(migrations, ({ source }) => source);
  const arriving = countBy(migrations, ({ destination }) => destination);
  const after = projection.hosts.map((host): [string, HostAfter] => [
    host.host,
    {
      cpu_percentage: host.cpu_projected,
      ram_percentage: host.ram_projected,
      vcpu_allocated: host.vcpu_projected,
      vram_allocated: host.vram_projected,
      leaving: leaving.get(host.host) ?? 0,
      arriving: arriving.get(host.host) ?? 0,
    },
  ]);
  return {
    plan: {
      audit_id: audit.id,
      audit_name: audit.name,
      plan_id: shown.id,
      state: shown.state,
      created_at: shown.createdAt,
      migrations: migrations.length,
      confidence: projection.confidence,
      reason: open ? null : `The plan is over (${shown.state}): what it changed is in the load already.`,
    },
    after: open ? new Map(after) : new Map(),
    migrations,
  };
}

function countBy(migrations: Migration[], hostOf: (migration: Migration) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const migration of migrations) {
    const host = hostOf(migration);
    if (host !== null && takesPlace(migration)) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}
