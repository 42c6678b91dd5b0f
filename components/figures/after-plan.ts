'use client';

import { useMemo } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { HostMap, HostsAfter, HostsEnough } from '@/lib/contract/v1/host-map';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { type ProjectedAudit, projectColumns } from '@/lib/domain/projection/host-map';
import { ADDRESSES } from '../live/answers';
import { useAnswer, useAudit } from '../live/use-answer';

/**
 * Every host after the best plan, and after those of its moves that are enough, which are null if no fewer are.
 * `none`: no plan that waits still holds; `waiting`: it is loading.
 */
export type AfterPlan =
  | { state: 'known'; after: HostsAfter; enough: HostsEnough | null }
  | { state: 'waiting'; after: null; enough: null }
  | { state: 'none'; after: null; enough: null };

/**
 * The hosts after the best plan. The page brings it if it is known soon; otherwise the plan is requested, and the next
 * refresh of the page brings what is enough.
 */
export function useAfterPlan({ hosts: { names }, after: initial, enough, awaited }: HostMap): AfterPlan {
  const { data: list, error: noList } = useAnswer<PlanList>(awaited ? ADDRESSES.waitingPlans : null);
  const best = list?.plans.find(({ plan_id: id }) => id === list.best_plan_id);
  const { data, error: noAudit } = useAudit(initial === null && best ? best.audit_id : null);
  const asked = useMemo(
    () =>
      data === undefined || data.audit.plan?.id !== best?.plan_id ? null : projectColumns(names, projectedAudit(data)),
    [data, best, names],
  );
  if (initial !== null) return { state: 'known', after: initial, enough };
  if (asked !== null) return { state: 'known', after: asked, enough: null };
  const none = !awaited || Boolean(noList) || Boolean(noAudit) || (list !== undefined && best === undefined);
  return { state: none ? 'none' : 'waiting', after: null, enough: null };
}

const projectedAudit = ({ audit, migrations, projection }: AuditDetail): ProjectedAudit => ({
  audit,
  planState: audit.plan?.state ?? null,
  migrations: migrations.length,
  projection,
});
