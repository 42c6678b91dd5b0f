import type { PromisedAudit } from '@/lib/contract/promised/audits';
import { type Cluster, cpuPercent } from '../cluster/cluster';
import type { AuditCase } from '../plans/audit-case';
import { describeScope, readWeights } from '../plans/audit-settings';
import type { PlanView } from './plan-projection';

/** The promised form of an audit and of the load now. Hosts without a measurement are in none of the parallel lists. */
export function promiseAudit({ audit }: AuditCase, { migrations, projection }: PlanView): PromisedAudit {
  const weights = readWeights(audit.parameters);
  const measured = projection.hosts.flatMap(({ host, cpu_now: now, cpu_after: after }) =>
    now === null || after === null ? [] : [{ host, now, after }],
  );
  return {
    id: audit.id,
    name: audit.name,
    created_at: isoWithOffset(audit.createdAt),
    strategy: audit.strategy ?? '',
    goal: audit.goal,
    type: audit.type,
    scope: describeScope(audit.scope),
    cpu_weight: weights.cpu === null ? '' : String(weights.cpu),
    ram_weight: weights.ram === null ? '' : String(weights.ram),
    migrations: migrations.map((move) => ({
      instanceName: move.vm_name,
      source: move.source,
      destination: move.destination ?? '',
      flavor: move.flavor ?? '',
      impact: move.impact ?? '',
    })),
    host_labels: measured.map(({ host }) => host),
    cpu_current: measured.map(({ now }) => now),
    cpu_projected: measured.map(({ after }) => after),
  };
}

/** 2026-11-22T14:32:01+00:00, the form in which Watcher writes it. */
function isoWithOffset(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** The load now of all measured hosts, as parallel lists. */
export function listCurrentCluster({ hosts }: Cluster): { host_labels: string[]; cpu_current: number[] } {
  const measured = hosts.flatMap((host) => {
    const load = cpuPercent(host);
    return load === null ? [] : [{ name: host.name, load }];
  });
  return { host_labels: measured.map(({ name }) => name), cpu_current: measured.map(({ load }) => load) };
}
