import type { Explanation } from '@/lib/contract/v1/explanations';
import type { ActionPlan, Audit, StrategyState, WatcherService } from '@/lib/openstack/records';

/** What is known beside an audit and its plans. null: not read, so nothing is concluded from it. */
export type Circumstances = {
  now: number;
  /** How long Watcher lets a plan wait; ms. */
  expiryMs: number;
  audits: Audit[];
  /** Of all audits. */
  plans: ActionPlan[];
  services: WatcherService[] | null;
  strategies: Map<string, StrategyState> | null;
  /** Whether Nova knows a host of this name. */
  isHost: ((name: string) => boolean) | null;
};

type Found = Pick<Explanation, 'code' | 'cause' | 'next'> & { evidence: (string | null)[]; certain?: boolean };

export const explain = ({ code, cause, evidence, next, certain = true }: Found): Explanation => ({
  code,
  cause,
  certain,
  evidence: evidence.filter((line) => line !== null),
  next,
});

/** 2026-11-24 20:17 UTC: evidence is looked up in logs, which write whole dates. */
export const clockTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A service of a kind that reports itself; null where services were not read, or none of them works. */
export function whyNoService(services: WatcherService[] | null, name: string): string | null {
  if (services === null) return null;
  const own = services.filter((service) => service.name === name);
  if (own.some(({ status }) => status === 'ACTIVE')) return null;
  if (own.length === 0) return `Watcher lists no ${name}.`;
  const lastSeen = Math.max(...own.map(({ lastSeenAt }) => lastSeenAt ?? 0));
  const hosts = own.map(({ host }) => host).join(', ');
  return `${name} on ${hosts} has not reported since ${lastSeen > 0 ? clockTime(lastSeen) : 'it was installed'}.`;
}

/** What a strategy lacks by Watcher's own word; empty where nothing, or where it was not asked. */
export function whatStrategyLacks(strategies: Map<string, StrategyState> | null, name: string | null): string[] {
  const state = name === null ? undefined : strategies?.get(name);
  if (!state) return [];
  const missing = (list: StrategyState['metrics']) =>
    list.filter(({ available }) => !available).map(({ what }) => what);
  const metrics = missing(state.metrics);
  const models = NEEDED_MODELS[state.name]?.filter((model) => missing(state.models).includes(model)) ?? [];
  return [
    ...(metrics.length > 0 ? [`Its datasource does not have ${metrics.join(', ')}.`] : []),
    ...models.map((model) => `Watcher has no ${model.replace('_', ' ')}.`),
  ];
}

/** Watcher lists all cluster models for each strategy; these can't do without one that others don't need. */
const NEEDED_MODELS: Record<string, string[]> = {
  saving_energy: ['baremetal_model'],
  storage_capacity_balance: ['storage_model'],
};

/**
 * Plans of other audits that were under way at a time, as far as states and times tell; what ran for certain first, then what
 * ended last. A plan that is cancelled has mostly never run.
 */
export function plansRunningAt(at: number, auditId: string, { plans }: Circumstances): ActionPlan[] {
  const isRunning = ({ state }: ActionPlan) => state === 'ONGOING' || state === 'CANCELLING';
  return plans
    .filter((plan) => {
      if (plan.auditId === auditId || plan.createdAt > at) return false;
      // Its end is its last change; when it began, nobody tells.
      return isRunning(plan) || (['SUCCEEDED', 'FAILED'].includes(plan.state) && (plan.updatedAt ?? 0) >= at);
    })
    .sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
}

export function nameOfAudit(plan: ActionPlan, { audits }: Circumstances): string {
  return audits.find(({ id }) => id === plan.auditId)?.name ?? 'an audit that was deleted';
}

/** Hosts that parameters name and Nova does not know: the usual slip of host_maintenance and zone_migration. */
export function unknownHosts({ parameters }: Audit, { isHost }: Circumstances): string[] {
  if (isHost === null) return [];
  const named: [string, unknown][] = [
    ['maintenance_node', parameters.maintenance_node],
    ['backup_node', parameters.backup_node],
    ...(Array.isArray(parameters.compute_nodes) ? parameters.compute_nodes : []).flatMap(
      (node: unknown): [string, unknown][] =>
        typeof node === 'object' && node !== null
          ? Object.entries(node).filter(([key]) => key === 'src_node' || key === 'dst_node')
          : [],
    ),
  ];
  return named.flatMap(([key, name]) =>
    typeof name === 'string' && !isHost(name) ? [`${key} names ${name}, which Nova does not know.`] : [],
  );
}
