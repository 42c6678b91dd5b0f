import { DEFAULT_LIMITS } from '@/lib/contract/choices';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import type { LoadOutcome } from '@/lib/contract/v1/outcome';
import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { HostLoad } from './host-loads';

export type Metric = 'cpu' | 'ram';

export const METRIC_NAMES: Record<Metric, 'CPU' | 'RAM'> = { cpu: 'CPU', ram: 'RAM' };

type Load = (host: ProjectedHost) => number | null;

/** Percent. */
export const nowOf: Record<Metric, Load> = {
  cpu: ({ cpu_now: cpu }) => cpu,
  ram: ({ ram_now: ram }) => ram,
};

const afterOf: Record<Metric, Load> = {
  cpu: ({ cpu_after: cpu }) => cpu,
  ram: ({ ram_after: ram }) => ram,
};

/** Hosts that are measured, and the names of the others. */
export function splitHosts(hosts: ProjectedHost[], metric: Metric): { loads: HostLoad[]; unknown: string[] } {
  const loads: HostLoad[] = [];
  const unknown: string[] = [];
  for (const host of hosts) {
    const [now, after] = [nowOf[metric](host), afterOf[metric](host)];
    if (now === null || after === null) unknown.push(host.host);
    else loads.push({ name: host.host, now, after });
  }
  return { loads, unknown };
}

/** The limits come with the figures, since they are settings of the server; without figures the defaults apply. */
export function limitsOf({ outcome }: AuditDetail, metric: Metric): { warm: number; hot: number } {
  const load: LoadOutcome | undefined = outcome?.[metric];
  return load ? { warm: load.warm_from, hot: load.hot_from } : DEFAULT_LIMITS[metric];
}

export const beforeWords = (basis: 'now' | 'plan-creation'): string =>
  basis === 'plan-creation' ? 'when the plan was made' : 'now';
