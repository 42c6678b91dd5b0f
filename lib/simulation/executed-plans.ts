import { HOUR_MS, MINUTE_MS } from '@/lib/units';
import { byUse } from './balancer';
import { hostAt, type SimHost, type SimServer } from './model';
import { cameFrom, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/** Executed plans. Their VMs were on the source hosts before, so that the history shows the load moving. */
export function executedPlans(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate } = tools;
  const [relieved, emptied] = byUse(cloud, cloud.startedAt);

  /** Adds a plan that ran a while after its audit and whose moves all succeeded. */
  function run(
    given: Parameters<OptimizerTools['audit']>[0],
    minutesAgo: number,
    { source, servers }: { source: SimHost; servers: SimServer[] },
  ): void {
    const made = audit(given, minutesAgo);
    const ranAt = made.createdAt + 10 * MINUTE_MS;
    const actions = servers.map((server) => {
      const destination = hostAt(server, cloud.startedAt);
      cameFrom(cloud, server, { source, at: ranAt });
      return migrate(server, source.name, destination?.name ?? null, { state: 'SUCCEEDED' });
    });
    // The planner of workload_stabilization lets all moves start at once.
    const ordered = given.strategy === 'workload_stabilization' ? actions : inWaves(actions, 2);
    plan(made, 'SUCCEEDED', ordered, { updatedAt: ranAt + 2 * MINUTE_MS });
  }

  /** Running VMs that have always been on the same open host; every few VMs one, to get some from the whole cloud. */
  const settled = (isWanted: (host: SimHost) => boolean, step: number, limit: number) =>
    cloud.servers
      .filter(({ status, flavor, stays }) => {
        const [stay, later] = stays;
        return (
          status === 'ACTIVE' && !flavor.pinned && !later && stay?.host?.enabled && stay.host.up && isWanted(stay.host)
        );
      })
      .filter((_, i) => i % step === 2)
      .slice(0, limit);

  if (relieved) {
    run({ name: 'stabilize-yesterday', strategy: 'workload_stabilization', parameters: STABILIZATION }, 200, {
      source: relieved,
      servers: settled((host) => host !== relieved, 13, 4),
    });
  }
  if (emptied) {
    const target = cloud.hosts.find((host) => host !== emptied && host !== relieved && host.enabled && host.up);
    run(
      {
        name: `empty-${emptied.name}`,
        strategy: 'zone_migration',
        parameters: {
          compute_nodes: [{ src_node: emptied.name, ...(target ? { dst_node: target.name } : {}) }],
          parallel_total: 6,
          parallel_per_node: 2,
          parallel_per_pool: 2,
          with_attached_volume: false,
        },
      },
      (10 * HOUR_MS) / MINUTE_MS,
      { source: emptied, servers: settled((host) => host === target, 3, 2) },
    );
  }
}
