import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import type { ActionPlan, Audit, StrategyState, WatcherService } from '@/lib/openstack/records';

/** What is known besides an audit and its plans. What is null was not read, so nothing is concluded from it. */
export type Circumstances = {
  now: number;
  /** How long Watcher lets a plan wait, ms. */
  expiryMs: number;
  audits: Audit[];
  /** Of all audits. */
  plans: ActionPlan[];
  services: WatcherService[] | null;
  strategies: Map<string, StrategyState> | null;
  /** Whether Nova has a host with this name. */
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

/** Why no service of a kind works; null if one does, or if services were not read. */
export function whyNoService(services: WatcherService[] | null, name: string): string | null {
  if (services === null) return null;
  const own = services.filter((service) => service.name === name);
  if (own.some(({ status }) => status === 'ACTIVE')) return null;
  if (own.length === 0) return `Watcher lists no ${name}.`;
  const lastSeen = Math.max(...own.map(({ lastSeenAt }) => lastSeenAt ?? 0));
  const hosts = own.map(({ host }) => host).join(', ');
  return lastSeen > 0
    ? `${name} on ${hosts} has not reported since ${formatStamp(lastSeen)}.`
    : `${name} on ${hosts} has never reported.`;
}

/** What a strategy lacks, as Watcher reports it; empty if nothing, or if Watcher was not asked. */
export function whatStrategyLacks(strategies: Map<string, StrategyState> | null, name: string | null): string[] {
  const state = name === null ? undefined : strategies?.get(name);
  if (!state) return [];
  const missing = (list: StrategyState['metrics']) =>
    list.filter(({ available }) => !available).map(({ what }) => what);
  const metrics = missing(state.metrics);
  const models = NEEDED_MODELS[state.name]?.filter((model) => missing(state.models).includes(model)) ?? [];
  return [
    ...(metrics.length > 0 ? [`Its datasource does not provide ${metrics.join(', ')}.`] : []),
    ...models.map((model) => `Watcher has no ${model.replace('_', ' ')}.`),
  ];
}

/** Watcher lists all cluster models for each strategy; these strategies need one that others don't. */
const NEEDED_MODELS: Record<string, string[]> = {
  saving_energy: ['baremetal_model'],
  storage_capacity_balance: ['storage_model'],
};

/**
 * Plans of other audits that were running at a time, as far as states and times show: those that certainly ran first, then
 * the last to end. Cancelled plans are left out, since most never ran.
 */
export function plansRunningAt(at: number, auditId: string, { plans }: Circumstances): ActionPlan[] {
  const isRunning = ({ state }: ActionPlan) => state === 'ONGOING' || state === 'CANCELLING';
  return plans
    .filter((plan) => {
      if (plan.auditId === auditId || plan.createdAt > at) return false;
      // It ended with its last change; Watcher does not report when it started.
      return isRunning(plan) || (['SUCCEEDED', 'FAILED'].includes(plan.state) && (plan.updatedAt ?? 0) >= at);
    })
    .sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
}

export function nameOfAudit(plan: ActionPlan, { audits }: Circumstances): string {
  return audits.find(({ id }) => id === plan.auditId)?.name ?? 'a deleted audit';
}

/** Hosts that parameters name but Nova does not have: a common mistake with host_maintenance and zone_migration. */
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
    typeof name === 'string' && !isHost(name) ? [`${key} names ${name}, which Nova does not have.`] : [],
  );
}
