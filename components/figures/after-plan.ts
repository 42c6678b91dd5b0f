'use client';

import { useMemo } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { HostMap, HostsAfter } from '@/lib/contract/v1/host-map';
import { type ProjectedAudit, projectColumns } from '@/lib/domain/projection/host-map';
import { useChosenAudit } from '../live/selection';
import { useAudit, useAuditList } from '../live/use-answer';

/** Every host after the chosen plan. `none`: there is no audit; `waiting`: it is loading. */
export type AfterPlan =
  | { state: 'known'; after: HostsAfter }
  | { state: 'waiting'; after: null }
  | { state: 'none'; after: null };

/**
 * The hosts after the plan that the address names, or after the newest one. The page brings the plan it was rendered for;
 * another one is requested, and until it arrives the last one stays.
 */
export function useAfterPlan({ hosts: { names }, after: initial, awaited }: HostMap): AfterPlan {
  const { chosen } = useChosenAudit();
  const own = initial !== null && (chosen === null || chosen === initial.audit.id || chosen === initial.audit.name);
  const list = useAuditList(1, undefined, initial === null && awaited && chosen === null);
  const wanted = own ? null : (chosen ?? list.data?.audits[0]?.id ?? null);
  const { data, error } = useAudit(wanted);
  const asked = useMemo(() => (data === undefined ? null : projectColumns(names, projectedAudit(data))), [data, names]);
  if (own) return { state: 'known', after: initial };
  if (asked !== null) return { state: 'known', after: asked };
  // The audit no longer exists: the newest takes its place, as in the list of audits.
  if (error && initial !== null) return { state: 'known', after: initial };
  const none = wanted === null ? !awaited || list.data?.total === 0 || Boolean(list.error) : Boolean(error);
  return none ? { state: 'none', after: null } : { state: 'waiting', after: null };
}

const projectedAudit = ({ audit, migrations, projection }: AuditDetail): ProjectedAudit => ({
  audit,
  planState: audit.plan?.state ?? null,
  migrations: migrations.length,
  projection,
});
