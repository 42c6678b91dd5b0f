'use client';

import { useMemo } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { HostMap, HostsAfter } from '@/lib/contract/v1/host-map';
import { isOpen } from '@/lib/domain/plans/states';
import { useChosenAudit } from '../live/selection';
import { useAudit, useAuditList } from '../live/use-answer';

/** Every host after the chosen plan. `none`: there is no audit; `waiting`: it is loading. */
export type AfterPlan =
  | { state: 'known'; after: HostsAfter }
  | { state: 'waiting'; after: null }
  | { state: 'none'; after: null };

/** Why nothing is known about hosts after the plan; the server words it the same for the plan that it sends. */
function whyNoAfter({ audit, migrations, projection }: AuditDetail): string | null {
  if (audit.plan === null) return 'The audit has no plan.';
  if (!isOpen(audit.plan.state)) {
    return `The plan is over (${audit.plan.state}): what it changed is in the load already.`;
  }
  if (migrations.length === 0) return 'The plan moves no VM.';
  return projection === null ? 'Hosts are not known.' : projection.reason;
}

/** The hosts of an audit's projection, in the order of `names`. */
function arrange(detail: AuditDetail, names: string[]): HostsAfter {
  const reason = whyNoAfter(detail);
  const hosts = new Map(detail.projection?.hosts.map((host) => [host.host, host]));
  const after = (of: 'cpu_projected' | 'ram_projected') =>
    reason === null ? names.map((name) => hosts.get(name)?.[of] ?? null) : [];
  return {
    audit: { id: detail.audit.id, name: detail.audit.name },
    reason,
    cpu: after('cpu_projected'),
    ram: after('ram_projected'),
  };
}

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
  const asked = useMemo(() => (data === undefined ? null : arrange(data, names)), [data, names]);
  if (own) return { state: 'known', after: initial };
  if (asked !== null) return { state: 'known', after: asked };
  // The audit no longer exists: the newest takes its place, as in the list of audits.
  if (error && initial !== null) return { state: 'known', after: initial };
  const none = wanted === null ? !awaited || list.data?.total === 0 || Boolean(list.error) : Boolean(error);
  return none ? { state: 'none', after: null } : { state: 'waiting', after: null };
}
