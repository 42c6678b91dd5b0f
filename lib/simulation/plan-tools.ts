import { MINUTE_MS } from '@/lib/units';
import type { SimMove } from './balancer';
import { MIGRATION_MS, recordMigration } from './migrations';
import { type Cloud, hostAt, type SimAction, type SimAudit, type SimHost, type SimPlan, type SimServer } from './model';
import type { Random } from './random';
import { strategyNamed } from './strategies';

/** Shared by the files that build audits and plans. */
export type OptimizerTools = {
  cloud: Cloud;
  random: Random;
  /** Adds an audit. Its goal defaults to that of its strategy. */
  audit(given: Partial<SimAudit> & Pick<SimAudit, 'name' | 'strategy'>, minutesAgo: number): SimAudit;
  plan(audit: SimAudit, state: string, actions: SimAction[], more?: Partial<SimPlan>): SimPlan;
  action(type: string, parameters: Record<string, unknown>, more?: Partial<SimAction>): SimAction;
  migrate(server: SimServer, source: string, destination: string | null, more?: Partial<SimAction>): SimAction;
  /** Disables a host for new VMs, as strategies do before they drain it. */
  disable(host: SimHost, reason: string): SimAction;
  enable(host: SimHost): SimAction;
};

export function openTools(cloud: Cloud, random: Random): OptimizerTools {
  const tools: OptimizerTools = {
    cloud,
    random,
    audit(given, minutesAgo) {
      const createdAt = cloud.startedAt - minutesAgo * MINUTE_MS;
      const audit: SimAudit = {
        id: random.uuid(),
        type: 'ONESHOT',
        state: 'SUCCEEDED',
        goal: strategyNamed(given.strategy)?.goal.name ?? 'dummy',
        parameters: {},
        scope: [],
        interval: null,
        nextRunAt: null,
        statusMessage: null,
        createdAt,
        updatedAt: createdAt + 5_000,
        ...given,
      };
      cloud.audits.push(audit);
      return audit;
    },
    plan(audit, state, actions, more = {}) {
      const plan: SimPlan = {
        id: random.uuid(),
        auditId: audit.id,
        strategy: audit.strategy ?? 'dummy',
        state,
        createdAt: audit.createdAt + 4_000,
        updatedAt: state === 'RECOMMENDED' ? null : audit.createdAt + MINUTE_MS,
        statusMessage: null,
        actions,
        ...more,
      };
      cloud.plans.push(plan);
      return plan;
    },
    action: (type, parameters, more = {}) => ({
      id: random.uuid(),
      type,
      state: 'PENDING',
      parameters,
      parents: [],
      statusMessage: null,
      ...more,
    }),
    migrate(server, source, destination, more = {}) {
      return tools.action(
        'migrate',
        {
          migration_type: server.status === 'ACTIVE' ? 'live' : 'cold',
          source_node: source,
          ...(destination === null ? {} : { destination_node: destination }),
          resource_name: server.name,
          resource_id: server.id,
        },
        more,
      );
    },
    disable: (host, reason) =>
      tools.action('change_nova_service_state', {
        state: 'disabled',
        disabled_reason: reason,
        resource_name: host.name,
        resource_id: host.id,
      }),
    enable: ({ name, id }) =>
      tools.action('change_nova_service_state', { state: 'enabled', resource_name: name, resource_id: id }),
  };
  return tools;
}

export const STABILIZATION = {
  metrics: ['instance_cpu_usage', 'instance_ram_usage'],
  thresholds: { instance_cpu_usage: 0.1, instance_ram_usage: 0.1 },
  weights: { instance_cpu_usage_weight: 1, instance_ram_usage_weight: 0.5 },
  instance_metrics: { instance_cpu_usage: 'host_cpu_usage', instance_ram_usage: 'host_ram_usage' },
  host_choice: 'retry',
  retry_count: 1,
  periods: { instance: 720, compute_node: 600, node: 0 },
  aggregation_method: { instance: 'mean', compute_node: 'mean', node: '' },
  granularity: 300,
};

export const balanceAt = (threshold: number) => ({
  threshold,
  metrics: 'instance_cpu_usage',
  period: 300,
  granularity: 300,
});

/**
 * Arranges actions in waves as Watcher's usual planner does: each wave waits for the whole previous one. Not for
 * workload_stabilization and workload_balance, whose planner gives actions no parents.
 */
export function inWaves(actions: SimAction[], width: number): SimAction[] {
  for (const [i, action] of actions.entries()) {
    const wave = Math.floor(i / width);
    action.parents = wave === 0 ? [] : actions.slice((wave - 1) * width, wave * width).map(({ id }) => id);
  }
  return actions;
}

/** Actions that name the hosts. */
export const byName = (tools: OptimizerTools, moves: SimMove[]): SimAction[] =>
  moves.map(({ server, source, destination }) => tools.migrate(server, source.name, destination.name));

/** Actions with the hypervisors' UUIDs instead of host names, as some strategies write them. */
export const byHypervisor = (tools: OptimizerTools, moves: SimMove[]): SimAction[] =>
  moves.map(({ server, source, destination }) => tools.migrate(server, source.id, destination.id));

type Arrival = { source: SimHost; at: number; startedAt?: number; userId?: string };

/** Puts a VM on the source host before `at`, so that the history and Nova's record show it moving to where it is now. */
export function cameFrom(cloud: Cloud, server: SimServer, { source, at, startedAt, userId }: Arrival): void {
  const destination = hostAt(server, at);
  server.stays = [
    { from: server.createdAt, host: source },
    { from: at, host: destination },
  ];
  server.updatedAt = at;
  recordMigration(cloud, {
    server,
    source,
    destination,
    userId,
    startedAt: startedAt ?? at - MIGRATION_MS,
    endedAt: at,
  });
}
