'use client';

import { useMemo } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { HostMap, HostsAfter } from '@/lib/contract/v1/host-map';
import { useChosenAudit } from './selection';
import { useAudit, useAuditList } from './use-answer';

/** What the chosen plan makes of hosts. `none`: there is no audit; `waiting`: it is being read. */
export type PlanEffect =
  | { state: 'known'; after: HostsAfter }
  | { state: 'waiting'; after: null }
  | { state: 'none'; after: null };

const OPEN = new Set(['RECOMMENDED', 'PENDING', 'ONGOING', 'CANCELLING']);

/** Why an audit has nothing to show of after its plan; the server has the same sentences for the plan it sends. */
export function whyNoAfter({ audit, migrations, projection }: AuditDetail): string | null {
  if (audit.plan === null) return 'The audit has no plan.';
  if (!OPEN.has(audit.plan.state)) {
    return `The plan is over (${audit.plan.state}): what it changed is in the load already.`;
  }
  if (migrations.length === 0) return 'The plan moves no VM.';
  return projection === null ? 'Hosts are not known.' : projection.reason;
}

/** An audit's projection in the order of the named hosts. */
export function arrange(detail: AuditDetail, names: string[]): HostsAfter {
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
 * The effect of the plan that the address chooses, else of the newest. That of the page's own plan came with the page;
 * another one is asked for, and while it is under way the last one is kept.
 */
export function usePlanEffect({ hosts: { names }, after: initial, awaited }: HostMap): PlanEffect {
  const { chosen } = useChosenAudit();
  const own = initial !== null && (chosen === null || chosen === initial.audit.id || chosen === initial.audit.name);
  const list = useAuditList(1, undefined, initial === null && awaited && chosen === null);
  const wanted = own ? null : (chosen ?? list.data?.audits[0]?.id ?? null);
  const { data, error } = useAudit(wanted);
  const asked = useMemo(() => (data === undefined ? null : arrange(data, names)), [data, names]);
  if (own) return { state: 'known', after: initial };
  if (asked !== null) return { state: 'known', after: asked };
  // An audit that is gone: the newest stands for it, as in the list below.
  if (error && initial !== null) return { state: 'known', after: initial };
  const none = wanted === null ? !awaited || list.data?.total === 0 || Boolean(list.error) : Boolean(error);
  return none ? { state: 'none', after: null } : { state: 'waiting', after: null };
}
