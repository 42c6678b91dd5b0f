import type { HostsAfter } from '@/lib/contract/v1/host-map';
import type { Projection } from '@/lib/contract/v1/projection';
import { isOpen, whyNoEffect } from '../plans/states';

/** An audit and its plan, on the server and in the browser, which has the audit's answer only. */
export type ProjectedAudit = {
  audit: HostsAfter['audit'];
  /** null without a plan. */
  planState: string | null;
  /** How many VMs the plan moves. */
  migrations: number;
  /** null if no host is known. */
  projection: Pick<Projection, 'hosts' | 'reason'> | null;
};

/** The load of the named hosts after the plan of an audit; empty, with the reason, if there is none to show. */
export function projectColumns(names: string[], projected: ProjectedAudit): HostsAfter {
  const { audit, migrations: moves, projection } = projected;
  const reason = whyNoAfter(projected);
  const hosts = new Map(projection?.hosts.map((host) => [host.host, host]));
  const after = (resource: 'cpu_after' | 'ram_after') =>
    reason === null ? names.map((name) => hosts.get(name)?.[resource] ?? null) : [];
  return { audit: { id: audit.id, name: audit.name }, reason, moves, cpu: after('cpu_after'), ram: after('ram_after') };
}

function whyNoAfter({ planState, migrations, projection }: ProjectedAudit): string | null {
  if (planState === null) return 'The audit has no plan.';
  if (!isOpen(planState)) return whyNoEffect(planState);
  if (migrations === 0) return 'The plan moves no VM.';
  return projection === null ? 'The hosts are unknown.' : projection.reason;
}
