import { hostAt, type SimHost, type SimServer } from '../model';
import { ok, type Reply } from '../wire';
import { GENERATION, type PlacementRequest } from './reply';

const resourcesOf = ({ flavor }: SimServer) => ({
  DISK_GB: flavor.diskGib,
  MEMORY_MB: flavor.ramMib,
  [flavor.pinned ? 'PCPU' : 'VCPU']: flavor.vcpus,
});

/**
 * Allocations on a host. While a VM moves, its own allocation is on the destination, and that on the source belongs to the
 * migration.
 */
export function allocationsTo(host: SimHost, { occupancy, now, minor, engine }: PlacementRequest): unknown {
  const consumer = minor >= 28 ? { consumer_generation: 1 } : {};
  const held = (id: string, server: SimServer) => [id, { resources: resourcesOf(server), ...consumer }];
  return {
    allocations: Object.fromEntries([
      ...occupancy.guests(host, now).map((server) => held(engine.mover.claimOf(server)?.id ?? server.id, server)),
      ...occupancy.incoming(host, now).map((server) => held(server.id, server)),
    ]),
    ...GENERATION,
  };
}

/** Allocations of one VM or migration; empty, not an error, for an unknown one. */
export function allocationsOf({ cloud, now, minor, engine }: PlacementRequest, consumer: string): Reply {
  const server = cloud.servers.find(({ id }) => id === consumer);
  const own = server && (engine.mover.claimOf(server)?.destination ?? hostAt(server, now));
  const moving = server ? undefined : cloud.migrations.find(({ id }) => id === consumer)?.server;
  const isHeld = moving !== undefined && engine.mover.claimOf(moving)?.id === consumer;
  const [holder, host] = isHeld ? [moving, hostAt(moving, now)] : [server, own];
  if (!holder || !host) return ok({ allocations: {} });
  return ok({
    allocations: {
      [host.id]: { resources: resourcesOf(holder), generation: GENERATION.resource_provider_generation },
    },
    ...(minor >= 12 ? { project_id: holder.projectId, user_id: holder.userId } : {}),
    ...(minor >= 28 ? { consumer_generation: 1 } : {}),
    ...(minor >= 38 ? { consumer_type: isHeld ? 'MIGRATION' : 'INSTANCE' } : {}),
  });
}
