import type { Explanation } from '@/lib/contract/v1/explanations';
import { formatStamp } from '@/lib/format';
import type { ActionPlan, Audit, StrategyState, WatcherService } from '@/lib/openstack/records';
import type { Cluster } from '../cluster/cluster';
import { hasActions } from '../plans/list-parts';
import type { Release } from '../plans/release';
import type { ByAction } from '../plans/steps';

/** What is known besides an audit and its plans. What is null was not read, so nothing is concluded from it. */
export type Circumstances = {
  now: number;
  release: Release;
  /** How long Watcher lets a plan wait, ms. */
  expiryMs: number;
  audits: Audit[];
  /** Of all audits. */
  plans: ActionPlan[];
  services: WatcherService[] | null;
  strategies: Map<string, StrategyState> | null;
  /** Whether Nova has a host with this name. */
  isHost: ((name: string) => boolean) | null;
  /** What became of moves in Nova, by action. */
  happened: ByAction;
  /** Empty without an inventory. */
  cluster: Cluster;
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

/** What strategies decide by that Watcher can't read from Prometheus or Aetos: it maps these metrics to nothing there. */
const NOT_IN_PROMETHEUS: Record<string, string> = {
  noisy_neighbor: 'how much of the L3 cache VMs use',
  outlet_temperature: 'the outlet temperature of hosts',
  uniform_airflow: 'airflow, inlet temperature and power of hosts',
};

/**
 * Why a strategy can't work on Prometheus or Aetos; null if it can. Watcher's API does not say which datasource it has, so
 * this is a reason only if it is one of these.
 */
export function whyNotOnPrometheus(strategy: string | null): string | null {
  const needed = strategy === null ? undefined : NOT_IN_PROMETHEUS[strategy];
  return needed === undefined
    ? null
    : `${strategy} decides by ${needed}, which Watcher can’t read from Prometheus or Aetos.`;
}

/** A strategy that can't work, unless Watcher reads its data from elsewhere. */
export const explainNotOnPrometheus = (why: string, evidence: (string | null)[]): Explanation =>
  explain({
    code: 'strategy-lacks',
    cause: 'The strategy can’t work if Watcher’s datasource is Prometheus or Aetos.',
    evidence: [why, ...evidence],
    next: 'Choose another strategy. If Watcher has another datasource, search the log of watcher-decision-engine.',
    certain: false,
  });

/** Whether an applier may have run a plan; an empty one, or one that was cancelled before it was started, was not run. */
function mayHaveRun(plan: ActionPlan): boolean {
  switch (plan.state) {
    case 'ONGOING':
    case 'CANCELLING':
      return true;
    case 'SUCCEEDED':
    case 'FAILED':
      return hasActions(plan, undefined);
    case 'CANCELLED':
      return plan.hostname !== null;
    default:
      return false;
  }
}

const isRunning = ({ state }: ActionPlan) => state === 'ONGOING' || state === 'CANCELLING';
/** A plan that is over ended with its last change; Watcher does not report when it started. */
const endOf = (plan: ActionPlan): number => (isRunning(plan) ? Number.POSITIVE_INFINITY : (plan.updatedAt ?? 0));

/**
 * Plans of other audits that were running at some time between two, as far as states and times show: those that are running
 * now, then the last to end.
 */
export function plansRunningBetween(
  [since, until]: [since: number, until: number],
  auditId: string,
  { plans }: Pick<Circumstances, 'plans'>,
): ActionPlan[] {
  return plans
    .filter((plan) => plan.auditId !== auditId && plan.createdAt <= until && mayHaveRun(plan) && endOf(plan) >= since)
    .sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)) || (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
}

export const plansRunningAt = (
  at: number,
  auditId: string,
  circumstances: Pick<Circumstances, 'plans'>,
): ActionPlan[] => plansRunningBetween([at, at], auditId, circumstances);

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
