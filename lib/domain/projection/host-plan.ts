import type { Migration } from '@/lib/contract/v1/audits';
import type { HostAfter, HostPlan } from '@/lib/contract/v1/hosts';
import type { AuditCase } from '../plans/audit-case';
import { isOpen, whyNoEffect } from '../plans/states';
import type { PlanView } from './plan-projection';

/** What a plan does to the hosts. */
export type PlanEffect = { plan: HostPlan; after: Map<string, HostAfter>; migrations: Migration[] };

/** The newest audit that has a plan; it is shown if none is chosen. */
export const newestWithPlan = (cases: AuditCase[]): AuditCase | undefined => cases.find(({ shown }) => shown !== null);

/** What a plan does to each host, nothing if it is over: that is part of the load already. null without a plan. */
export function effectOfPlan({ audit, shown }: AuditCase, { migrations, projection }: PlanView): PlanEffect | null {
  if (shown === null) return null;
  const open = isOpen(shown.state);
  const after = projection.hosts.map(
    ({ host, cpu_after, ram_after, vcpu_after, vram_after, leaving, arriving }): [string, HostAfter] => [
      host,
      { cpu_after, ram_after, vcpu_after, vram_after, leaving, arriving },
    ],
  );
  return {
    plan: {
      audit_id: audit.id,
      audit_name: audit.name,
      plan_id: shown.id,
      plan_state: shown.state,
      created_at: shown.createdAt,
      migrations: migrations.length,
      confidence: projection.confidence,
      reason: open ? null : whyNoEffect(shown.state),
    },
    after: open ? new Map(after) : new Map(),
    migrations,
  };
}
