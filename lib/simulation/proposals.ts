import { balance, evacuate } from './balancer';
import { MINUTE, type SimHost } from './model';
import { byName, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Plans of the strategies that propose migrations, waiting for approval. */
export function proposals(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate, action } = tools;
  const at = cloud.startedAt;
  const most = Math.max(2, Math.ceil(cloud.hosts.length * 0.7));
  const balanced = balance(cloud, most, at);
  const busy = [...cloud.hosts].filter((host) => evacuate(cloud, host, at).length > 0);
  const [first, second, third] = busy;
  const other = (host: SimHost) =>
    cloud.hosts.find((candidate) => candidate !== host && candidate.enabled && candidate.up) ?? host;

  plan(
    audit(
      {
        name: 'stabilize-production',
        goal: 'workload_balancing',
        strategy: 'workload_stabilization',
        parameters: STABILIZATION,
      },
      26,
    ),
    'RECOMMENDED',
    // Watcher lists actions in no useful order; the waves are in their parents.
    inWaves(byName(tools, balanced), 2).reverse(),
  );
  const continuous = audit(
    {
      name: 'balance-every-10-min',
      goal: 'workload_balancing',
      strategy: 'workload_balance',
      type: 'CONTINUOUS',
      state: 'ONGOING',
      interval: '600',
      nextRunAt: at + 4 * MINUTE,
      parameters: { metrics: 'instance_cpu_usage', threshold: 25, period: 300, granularity: 300 },
    },
    6 * 60,
  );
  for (const minutes of [36, 26, 16]) {
    plan(continuous, 'CANCELLED', byName(tools, balanced.slice(1, 2)), {
      createdAt: at - minutes * MINUTE,
      updatedAt: at - (minutes - 10) * MINUTE,
    });
  }
  plan(continuous, 'RECOMMENDED', byName(tools, balanced.slice(0, 1)), { createdAt: at - 6 * MINUTE });
  if (!first || !second || !third) return;

  const disable = (host: SimHost, reason: string) =>
    action('change_nova_service_state', {
      state: 'disabled',
      disabled_reason: reason,
      resource_name: host.name,
      resource_id: host.id,
    });
  const moved = (host: SimHost, most: number) => evacuate(cloud, host, at).slice(0, most);
  plan(
    audit(
      {
        name: 'consolidate-night',
        goal: 'server_consolidation',
        strategy: 'vm_workload_consolidation',
        parameters: { period: 3600, granularity: 300 },
        scope: [
          {
            compute: [
              { availability_zones: [{ name: 'az-a' }] },
              { exclude: [{ compute_nodes: [{ name: third.name }] }] },
            ],
          },
        ],
      },
      3 * 60,
    ),
    'RECOMMENDED',
    inWaves(
      [
        disable(second, 'watcher_disabled'),
        ...moved(second, 40).map((server) => migrate(server, second.name, other(second).name)),
      ],
      2,
    ),
  );
  plan(
    audit(
      {
        name: 'consolidate-basic',
        goal: 'server_consolidation',
        strategy: 'basic',
        parameters: { migration_attempts: 0, period: 7200 },
      },
      4 * 60,
    ),
    'RECOMMENDED',
    inWaves(
      moved(third, 5).map((server) => migrate(server, third.name, other(third).name)),
      2,
    ),
  );
  plan(
    audit(
      {
        name: 'empty-nodes',
        goal: 'server_consolidation',
        strategy: 'node_resource_consolidation',
        parameters: { host_choice: 'auto' },
      },
      5 * 60,
    ),
    'RECOMMENDED',
    inWaves(
      moved(third, 6).map((server) => migrate(server, third.name, null)),
      2,
    ),
  );
  plan(
    audit(
      {
        name: `maintenance-of-${first.name}`,
        goal: 'cluster_maintaining',
        strategy: 'host_maintenance',
        parameters: { maintenance_node: first.name },
      },
      7 * 60,
    ),
    'RECOMMENDED',
    // This strategy names hosts by the uuid of their hypervisor and leaves the destination to the scheduler.
    inWaves(
      [disable(first, 'watcher_maintaining'), ...moved(first, 30).map((server) => migrate(server, first.id, null))],
      2,
    ),
  );
  plan(
    audit(
      {
        name: 'too-warm-at-the-outlet',
        goal: 'thermal_optimization',
        strategy: 'outlet_temperature',
        parameters: { threshold: 35, period: 30 },
      },
      8 * 60,
    ),
    'RECOMMENDED',
    moved(second, 1).map((server) => migrate(server, second.id, other(second).id)),
  );
  plan(
    audit(
      {
        name: 'noisy-neighbours',
        goal: 'noisy_neighbor',
        strategy: 'noisy_neighbor',
        parameters: { cache_threshold: 35 },
      },
      9 * 60,
    ),
    'RECOMMENDED',
    moved(third, 1).map((server) => migrate(server, third.id, other(third).id)),
  );
}
