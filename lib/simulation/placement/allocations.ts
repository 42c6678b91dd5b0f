import { hostAt, type SimHost, type SimServer } from '../model';
import { ok, type Reply } from '../wire';
import { GENERATION, type PlacementRequest } from './reply';

const resourcesOf = ({ flavor }: SimServer) => ({
  DISK_GB: flavor.diskGib,
  MEMORY_MB: flavor.ramMib,
  [flavor.pinned ? 'PCPU' : 'VCPU']: flavor.vcpus,
});

/** Allocations of the VMs on a host. */
export function allocationsTo(host: SimHost, { occupancy, now, minor }: PlacementRequest): unknown {
  const consumer = minor >= 28 ? { consumer_generation: 1 } : {};
  return {
    allocations: Object.fromEntries(
      occupancy.guests(host, now).map((server) => [server.id, { resources: resourcesOf(server), ...consumer }]),
    ),
    ...GENERATION,
  };
}

/** Allocations of one VM; empty, not an error, for an unknown one. */
export function allocationsOf({ cloud, now, minor }: PlacementRequest, consumer: string): Reply {
  const server = cloud.servers.find(({ id }) => id === consumer);
  const host = server ? hostAt(server, now) : null;
  if (!server || !host) return ok({ allocations: {} });
  return ok({
    allocations: {
      [host.id]: { resources: resourcesOf(server), generation: GENERATION.resource_provider_generation },
    },
    ...(minor >= 12 ? { project_id: server.projectId, user_id: server.userId } : {}),
    ...(minor >= 28 ? { consumer_generation: 1 } : {}),
    ...(minor >= 38 ? { consumer_type: 'INSTANCE' } : {}),
  });
}
