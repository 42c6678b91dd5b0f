import { balance, evacuate, type SimMove } from './balancer';
import { type Cloud, HOUR, hostAt, MINUTE, type SimAudit, type SimHost, type SimPlan } from './model';
import { oddPlans } from './odd-plans';
import { inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';
import type { Random } from './random';

/** Watcher's side of the cloud: audits of every kind, their plans and actions, told relative to the start. */

export function buildOptimizer(cloud: Cloud, wanted: number, random: Random): void {
  const { audits, plans, startedAt } = cloud;
  const tools: OptimizerTools = {
    cloud,
    random,
    audit(given, minutesAgo) {
      const createdAt = startedAt - minutesAgo * MINUTE;
      const audit: SimAudit = {
        id: random.uuid(),
        type: 'ONESHOT',
        state: 'SUCCEEDED',
        parameters: {},
        scope: [],
        interval: null,
        nextRunAt: null,
        statusMessage: null,
        createdAt,
        updatedAt: createdAt + 5_000,
        ...given,
      };
      audits.push(audit);
      return audit;
    },
    plan(audit, state, actions, more = {}) {
      const plan: SimPlan = {
        id: random.uuid(),
        auditId: audit.id,
        strategy: audit.strategy ?? 'dummy',
        state,
        createdAt: audit.createdAt + 4_000,
        updatedAt: state === 'RECOMMENDED' ? null : audit.createdAt + MINUTE,
        statusMessage: null,
        actions,
        ...more,
      };
      plans.push(plan);
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
    migrate(server, source, destination, more) {
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
  };
  proposals(tools);
  executed(tools);
  oddPlans(tools);
  silent(tools);
  history(tools, wanted);
  audits.splice(wanted);
  cloud.plans = plans.filter(({ auditId }) => auditId === null || audits.some(({ id }) => id === auditId));
}

const byName = (tools: OptimizerTools, moves: SimMove[]) =>
  moves.map(({ server, source, destination }) => tools.migrate(server, source.name, destination.name));

/** Plans of the strategies that propose migrations, waiting for approval. */
function proposals(tools: OptimizerTools): void {
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

/** Plans that were carried out: their VMs were on the sources before, so that history shows the load moving. */
function executed(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate } = tools;
  const run = (name: string, strategy: string, goal: string, minutesAgo: number, pick: (i: number) => boolean) => {
    const made = audit(
      { name, strategy, goal, parameters: strategy === 'zone_migration' ? { compute_nodes: [] } : STABILIZATION },
      minutesAgo,
    );
    const ranAt = made.createdAt + 10 * MINUTE;
    const sources = cloud.hosts.filter(({ enabled, up }) => enabled && up);
    const servers = cloud.servers
      .filter(({ status, stays }, i) => status === 'ACTIVE' && stays.length === 1 && stays[0]?.host?.enabled && pick(i))
      .slice(0, 4);
    const actions = servers.map((server) => {
      const now = hostAt(server, cloud.startedAt);
      const source = sources.find((host) => host !== now) ?? now;
      const createdAt = server.stays[0]?.from ?? 0;
      server.stays = [
        { from: createdAt, host: source },
        { from: ranAt, host: now },
      ];
      server.updatedAt = ranAt;
      return migrate(server, source?.name ?? '', now?.name ?? '', { state: 'SUCCEEDED' });
    });
    plan(made, 'SUCCEEDED', inWaves(actions, 2), { updatedAt: ranAt + 2 * MINUTE });
  };
  run('stabilize-yesterday', 'workload_stabilization', 'workload_balancing', 3 * 60 + 20, (i) => i % 13 === 2);
  run('empty-zone-b', 'zone_migration', 'hardware_maintenance', 10 * 60, (i) => i % 17 === 5);
}

/** Audits that gave nothing to do, for each reason there is. */
function silent({ audit, plan }: OptimizerTools): void {
  plan(
    audit(
      {
        name: 'nothing-to-do',
        goal: 'workload_balancing',
        strategy: 'workload_stabilization',
        parameters: STABILIZATION,
      },
      11 * 60,
    ),
    'SUCCEEDED',
    [],
  );
  audit(
    { name: 'stopped-by-another-plan', goal: 'workload_balancing', strategy: 'workload_balance', state: 'CANCELLED' },
    12 * 60,
  );
  audit({ name: 'saving-energy', goal: 'saving_energy', strategy: 'saving_energy', state: 'FAILED' }, 13 * 60);
  audit(
    {
      name: 'on-webhook',
      goal: 'workload_balancing',
      strategy: 'workload_stabilization',
      type: 'EVENT',
      state: 'PENDING',
      updatedAt: null,
    },
    14 * 60,
  );
  audit(
    {
      name: 'paused',
      goal: 'dummy',
      strategy: 'dummy',
      type: 'CONTINUOUS',
      state: 'SUSPENDED',
      interval: '0 */6 * * *',
    },
    15 * 60,
  );
  plan(audit({ name: 'goal-alone', goal: 'dummy', strategy: null }, 16 * 60), 'SUCCEEDED', []);
}

/** As many more as are wanted, one an hour, all expired. */
function history(tools: OptimizerTools, wanted: number): void {
  const { cloud, audit, plan } = tools;
  const moves = balance(cloud, 8, cloud.startedAt);
  for (let i = cloud.audits.length; i < wanted; i++) {
    const createdAt = cloud.startedAt - (24 + i) * HOUR;
    plan(
      audit(
        {
          name: `nightly-${new Date(createdAt).toISOString().slice(0, 13)}`,
          goal: 'workload_balancing',
          strategy: 'workload_stabilization',
          parameters: STABILIZATION,
        },
        (24 + i) * 60,
      ),
      'SUPERSEDED',
      inWaves(byName(tools, moves), 2),
    );
  }
}
