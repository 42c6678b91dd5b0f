import { groupBy } from '@/lib/group-by';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { MIGRATION_MS, OPERATOR_USER } from './migrations';
import { hostAt, type SimHost, type SimServer } from './model';
import { cameFrom, inWaves, type OptimizerTools, STABILIZATION } from './plan-tools';

/**
 * A plan that was cancelled while it ran, as releases up to 2025.1 end it: it is FAILED, two of its actions stay ONGOING and
 * others PENDING for good. Nova finished the two, and one that Watcher had given up on. Meanwhile somebody moved another VM
 * to the destination by hand.
 */
export function leftBehind(tools: OptimizerTools): void {
  const { cloud, audit, plan, migrate } = tools;
  const settled = groupBy(
    cloud.servers.filter(
      ({ status, flavor, locked, stays }) => status === 'ACTIVE' && !flavor.pinned && !locked && stays.length === 1,
    ),
    ({ stays }) => stays[0]?.host,
  );
  const settledOn = (host: SimHost): SimServer[] => settled.get(host) ?? [];
  const open = cloud.hosts.filter(({ enabled, up }) => enabled && up);
  const destination = open.find((host) => settledOn(host).length > NEEDED);
  const [source, other] = open.filter((host) => host !== destination && settledOn(host).length > NEEDED);
  if (!destination || !source || !other) return;
  const [a, b, c, slow, foreign] = settledOn(destination).slice(-5);
  const [e, f] = settledOn(source).slice(-2);
  if (!a || !b || !c || !slow || !foreign || !e || !f) return;

  const made = audit(
    { name: 'cancelled-half-way', strategy: 'workload_stabilization', parameters: STABILIZATION },
    330,
  );
  const ranAt = made.createdAt + 3 * MINUTE_MS;
  /** A move from the source that Nova finishes at a time, with what Watcher says about it. */
  const moved = (server: SimServer, [startedAt, at]: [number, number], more: { state: string; updatedAt: number }) => {
    cameFrom(cloud, server, { source, at, startedAt });
    return migrate(server, source.name, hostAt(server, cloud.startedAt)?.name ?? null, more);
  };
  const first = ranAt + MIGRATION_MS;
  const second = first + 5 * SECOND_MS;
  cameFrom(cloud, foreign, { source: other, at: second, userId: OPERATOR_USER });
  plan(
    made,
    'FAILED',
    inWaves(
      [
        moved(a, [ranAt, first], { state: 'SUCCEEDED', updatedAt: first + 2 * SECOND_MS }),
        moved(slow, [ranAt, ranAt + 4 * MINUTE_MS], { state: 'FAILED', updatedAt: ranAt + 2 * MINUTE_MS }),
        moved(b, [second, second + MIGRATION_MS], { state: 'ONGOING', updatedAt: second - SECOND_MS }),
        moved(c, [second, second + MIGRATION_MS], { state: 'ONGOING', updatedAt: second - SECOND_MS }),
        migrate(e, source.name, destination.name),
        migrate(f, source.name, destination.name),
      ],
      2,
    ),
    { updatedAt: ranAt + 2 * MINUTE_MS },
  );
}

/** VMs that both hosts need at least. */
const NEEDED = 7;
