import type { Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { Measured } from '../cluster/capacity';

/** What a host uses at the moment of a projection. Cores and bytes; unknown is null. */
export type LoadedHost = { cpu: Measured; ram: Measured };

/** What a VM takes with it when it moves. */
export type Demand = {
  /** Cores in use; null where neither measured nor to be estimated. */
  cores: number | null;
  basis: 'measured' | 'estimated' | 'stopped' | 'unknown';
  /** RAM in use; null like `cores`. */
  ramBytes: number | null;
  /** Sizes of its flavor; 0 where the VM is gone. */
  vcpus: number;
  flavorRamBytes: number;
};

/** In these states a guest uses no CPU. https://docs.openstack.org/api-guide/compute/server_concepts.html */
const STOPPED = new Set([
  'SHUTOFF',
  'PAUSED',
  'SUSPENDED',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'BUILD',
  'ERROR',
  'DELETED',
  'SOFT_DELETED',
]);
/** In these it holds no RAM of its host either. */
const WITHOUT_RAM = new Set(['SHUTOFF', 'SHELVED', 'SHELVED_OFFLOADED', 'BUILD', 'DELETED', 'SOFT_DELETED']);

export const isRunning = ({ status }: Server): boolean => !STOPPED.has(status);

/**
 * CPU and RAM in use of one VM: measured where an exporter knows it; else its share of what its host uses, by vCPU (and
 * by RAM of the flavor, at most the flavor's) among the running VMs there; 0 cores for a VM that does not run.
 *
 * @param hostName the host it is on at the moment of the projection
 */
export function demandOf(
  serverId: string,
  hostName: string | null,
  server: Server | undefined,
  context: { use: Record<string, ServerUse>; hosts: Map<string, LoadedHost>; population: Map<string, Server[]> },
): Demand {
  const size = { vcpus: server?.flavor?.vcpus ?? 0, flavorRamBytes: server?.flavor?.ramBytes ?? 0 };
  const measured = context.use[serverId];
  const host = hostName === null ? undefined : context.hosts.get(hostName);
  const neighbours = (hostName === null ? undefined : context.population.get(hostName)) ?? [];
  const ramBytes =
    server && WITHOUT_RAM.has(server.status) ? 0 : (measured?.memoryBytes ?? estimateRam(server, host, neighbours));
  if (server && ['SHUTOFF', 'SHELVED_OFFLOADED'].includes(server.status))
    return { ...size, cores: 0, basis: 'stopped', ramBytes };
  if (measured && measured.cores !== null) return { ...size, cores: measured.cores, basis: 'measured', ramBytes };
  if (server && !isRunning(server)) return { ...size, cores: 0, basis: 'stopped', ramBytes };
  const cores = estimateCores(server, host, neighbours);
  return { ...size, cores, basis: cores === null ? 'unknown' : 'estimated', ramBytes };
}

function estimateCores(server: Server | undefined, host: LoadedHost | undefined, neighbours: Server[]): number | null {
  if (!server?.flavor || host === undefined || host.cpu.used === null) return null;
  const all = neighbours.reduce((sum, other) => sum + (isRunning(other) ? (other.flavor?.vcpus ?? 0) : 0), 0);
  // A VM that is not among the host's own has no share in its use.
  return neighbours.includes(server) && all > 0 ? (host.cpu.used * server.flavor.vcpus) / all : null;
}

function estimateRam(server: Server | undefined, host: LoadedHost | undefined, neighbours: Server[]): number | null {
  if (!server?.flavor || host === undefined || host.ram.used === null) return null;
  const all = neighbours.reduce(
    (sum, other) => sum + (WITHOUT_RAM.has(other.status) ? 0 : (other.flavor?.ramBytes ?? 0)),
    0,
  );
  if (!neighbours.includes(server) || all === 0) return null;
  return Math.min(server.flavor.ramBytes, (host.ram.used * server.flavor.ramBytes) / all);
}
