import type { HostColumns, HostsAfter } from '@/lib/contract/v1/host-map';
import { type Cluster, cpuPercent, ramPercent } from '../cluster/cluster';
import type { AuditCase } from '../plans/audit-case';
import { isOpen } from '../plans/states';
import type { PlanView } from './plan-projection';

export function listColumns({ hosts }: Cluster): HostColumns {
  const away = hosts.flatMap(({ name, hypervisor: { state, status } }) => {
    const words = [...(state === 'up' ? [] : [state]), ...(status === 'enabled' ? [] : [status])];
    return words.length === 0 ? [] : [[name, words.join(', ')] as const];
  });
  return {
    names: hosts.map(({ name }) => name),
    cpu: hosts.map(cpuPercent),
    ram: hosts.map(ramPercent),
    vms: hosts.map(({ servers }) => servers.length),
    away: Object.fromEntries(away),
  };
}

/** The load of the named hosts with the audit's plan carried out; empty, with the reason, where there is none to tell. */
export function projectColumns(
  names: string[],
  { audit, shown }: AuditCase,
  { migrations, projection }: PlanView,
): HostsAfter {
  const reason = whyNothing(shown?.state ?? null, migrations.length, projection.reason);
  const known = new Map(projection.hosts.map((host) => [host.host, host]));
  const after = (of: 'cpu_projected' | 'ram_projected') =>
    reason === null ? names.map((name) => known.get(name)?.[of] ?? null) : [];
  return {
    audit: { id: audit.id, name: audit.name },
    reason,
    cpu: after('cpu_projected'),
    ram: after('ram_projected'),
  };
}

/** The same sentences as `whyNoAfter` of the browser, which has an audit's whole answer instead. */
function whyNothing(planState: string | null, migrations: number, problem: string | null): string | null {
  if (planState === null) return 'The audit has no plan.';
  if (!isOpen(planState)) return `The plan is over (${planState}): what it changed is in the load already.`;
  return migrations === 0 ? 'The plan moves no VM.' : problem;
}
