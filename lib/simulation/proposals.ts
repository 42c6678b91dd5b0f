import { MINUTE_MS } from '@/lib/units';
import { balance, hostsToDrain, pack, serversToDrain } from './balancer';
import type { SimHost } from './model';
import { balanceAt, byHypervisor, byName, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Plans that are waiting for approval, from every strategy that proposes migrations. */
export function proposals(tools: OptimizerTools): void {
  const { cloud, audit, plan } = tools;
  const at = cloud.startedAt;
  const balanced = balance(cloud, { maxMoves: Math.max(3, Math.ceil(cloud.hosts.length * 0.7)) }, at);
  plan(
    audit({ name: 'stabilize-production', strategy: 'workload_stabilization', parameters: STABILIZATION }, 26),
    'RECOMMENDED',
    // The planner of this strategy gives actions no parents, so all of them start at once.
    byName(tools, balanced),
  );

  const continuous = audit(
    {
      name: 'balance-every-10-min',
      strategy: 'workload_balance',
      type: 'CONTINUOUS',
      state: 'ONGOING',
      interval: '600',
      nextRunAt: at + 4 * MINUTE_MS,
      parameters: balanceAt(25),
    },
    6 * 60,
  );
  // Each run cancels the plan of the previous one.
  for (const minutes of [36, 26, 16]) {
    plan(continuous, 'CANCELLED', byName(tools, balanced.slice(1, 2)), {
      createdAt: at - minutes * MINUTE_MS,
      updatedAt: at - (minutes - 10) * MINUTE_MS,
    });
  }
  plan(continuous, 'RECOMMENDED', byName(tools, balanced.slice(0, 1)), { createdAt: at - 6 * MINUTE_MS });

  const [first, second, third] = hostsToDrain(cloud, at);
  if (!first || !second || !third) return;
  consolidations(tools, second, third);
  maintenances(tools, first, second);
  const moves = pack(cloud, { source: third, among: cloud.hosts, maxMoves: 1 }, at);
  plan(
    audit(
      {
        name: 'too-warm-at-the-outlet',
        strategy: 'outlet_temperature',
        parameters: { threshold: 35, period: 30, granularity: 300 },
      },
      8 * 60,
    ),
    'RECOMMENDED',
    byHypervisor(tools, moves),
  );
  plan(
    audit(
      { name: 'noisy-neighbours', strategy: 'noisy_neighbor', parameters: { cache_threshold: 35, period: 100 } },
      9 * 60,
    ),
    'RECOMMENDED',
    byHypervisor(tools, moves),
  );
}

function consolidations(tools: OptimizerTools, second: SimHost, third: SimHost): void {
  const { cloud, audit, plan, migrate, disable } = tools;
  const at = cloud.startedAt;
  const inZone = cloud.hosts.filter(({ zone }) => zone === second.zone);
  plan(
    audit(
      {
        name: 'consolidate-night',
        strategy: 'vm_workload_consolidation',
        parameters: { period: 3600, granularity: 300 },
        scope: [
          {
            compute: [
              { availability_zones: [{ name: second.zone }] },
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
        ...byName(
          tools,
          pack(cloud, { source: second, among: inZone.filter((host) => host !== third), maxMoves: 40 }, at),
        ),
      ],
      2,
    ),
  );
  plan(
    audit(
      {
        name: 'consolidate-basic',
        strategy: 'basic',
        parameters: {
          migration_attempts: 0,
          period: 7200,
          granularity: 300,
          aggregation_method: { instance: 'mean', compute_node: 'mean', node: '' },
        },
        scope: [{ compute: [{ host_aggregates: [{ name: third.zone === 'az-a' ? 'zone-a' : 'zone-b' }] }] }],
      },
      4 * 60,
    ),
    'RECOMMENDED',
    inWaves(byName(tools, pack(cloud, { source: third, among: inZone, maxMoves: 5 }, at)), 2),
  );
  plan(
    audit(
      { name: 'empty-nodes', strategy: 'node_resource_consolidation', parameters: { host_choice: 'auto' } },
      5 * 60,
    ),
    'RECOMMENDED',
    // The scheduler will choose the destinations.
    inWaves(
      serversToDrain(cloud, third, at)
        .slice(0, 6)
        .map((server) => migrate(server, third.name, null)),
      2,
    ),
  );
}

/**
 * Up to 2025.2 this strategy writes the hypervisor's UUID as source; from 2025.1 on it writes the destination's name. Without
 * a backup node the scheduler chooses the destinations.
 */
function maintenances(tools: OptimizerTools, first: SimHost, second: SimHost): void {
  const { cloud, audit, plan, migrate, disable } = tools;
  const at = cloud.startedAt;
  plan(
    audit(
      {
        name: `maintenance-of-${first.name}`,
        strategy: 'host_maintenance',
        parameters: { maintenance_node: first.name },
      },
      7 * 60,
    ),
    'RECOMMENDED',
    inWaves(
      [
        disable(first, 'watcher_maintaining'),
        ...serversToDrain(cloud, first, at)
          .slice(0, 30)
          .map((server) => migrate(server, first.id, null)),
      ],
      2,
    ),
  );
  const backup = cloud.hosts.find((host) => host !== first && host !== second && host.enabled && host.up) ?? first;
  plan(
    audit(
      {
        name: `swap-fans-of-${second.name}`,
        strategy: 'host_maintenance',
        parameters: { maintenance_node: second.name, backup_node: backup.name },
      },
      10 * 60 + 30,
    ),
    'RECOMMENDED',
    inWaves(
      [
        disable(second, 'watcher_maintaining'),
        ...serversToDrain(cloud, second, at)
          .slice(0, 30)
          .map((server) => migrate(server, second.id, backup.name)),
      ],
      2,
    ),
  );
}
