import type { AuditDetail, ProjectedHost } from '@/lib/contract/v1/audits';
import type { LoadOutcome } from '@/lib/contract/v1/outcome';
import type { HostLoad } from './host-loads';

/** What the chart of hosts is made of. */
export type Metric = 'cpu' | 'ram';

export const METRIC_NAMES: Record<Metric, 'CPU' | 'RAM'> = { cpu: 'CPU', ram: 'RAM' };

const valuesOf: Record<Metric, (host: ProjectedHost) => [number | null, number | null]> = {
  cpu: (host) => [host.cpu_current, host.cpu_projected],
  ram: (host) => [host.ram_current, host.ram_projected],
};

/** Hosts that are measured, and the names of those that are not. */
export function splitHosts(hosts: ProjectedHost[], metric: Metric): { loads: HostLoad[]; unknown: string[] } {
  const loads: HostLoad[] = [];
  const unknown: string[] = [];
  for (const host of hosts) {
    const [now, after] = valuesOf[metric](host);
    if (now === null || after === null) unknown.push(host.host);
    else loads.push({ name: host.host, now, after });
  }
  return { loads, unknown };
}

/** The limits are settings of the server and come with its numbers; these stand in where no host is known. */
const USUAL: Record<Metric, { warm: number; hot: number }> = {
  cpu: { warm: 70, hot: 85 },
  ram: { warm: 85, hot: 95 },
};

export function limitsOf({ outcome }: AuditDetail, metric: Metric): { warm: number; hot: number } {
  const load: LoadOutcome | undefined = outcome?.[metric];
  return load ? { warm: load.warm_from, hot: load.hot_from } : USUAL[metric];
}

export const beforeWords = (basis: 'now' | 'plan-creation'): string =>
  basis === 'plan-creation' ? 'when the plan was made' : 'now';
