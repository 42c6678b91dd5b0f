import type { Estimate } from '@/lib/contract/v1/projection';
import type { Server } from '@/lib/openstack/records';
import type { ServerUse } from '@/lib/prometheus/records';
import type { Measured } from '../cluster/capacity';

/** What a host uses at the time a projection starts from: cores and bytes. */
export type LoadedHost = { cpu: Measured; ram: Measured };

/** The VMs of a host added up: its use is shared among them where single VMs are not measured. */
export type HostTotals = {
  vms: number;
  running: number;
  /** Of the VMs that run. */
  vcpus: number;
  /** By flavor, of the VMs that hold RAM; bytes. */
  ram: number;
};

/** What a VM takes with it when it moves. */
export type Demand = {
  /** Cores in use; null if neither measured nor possible to estimate. */
  cores: number | null;
  basis: 'measured' | 'estimated' | 'stopped' | 'unknown';
  /** Why `cores` is not what was measured. */
  coresEstimate: Estimate | null;
  /** RAM in use, bytes; null like `cores`. */
  ram: number | null;
  ramEstimate: Estimate | null;
};

/** In these states a VM uses no CPU. https://docs.openstack.org/api-guide/compute/server_concepts.html */
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
/** In these it uses nothing, whatever an exporter still reports. */
const OFF = new Set(['SHUTOFF', 'SHELVED_OFFLOADED']);

export const isRunning = ({ status }: { status: string }): boolean => !STOPPED.has(status);

export const noTotals = (): HostTotals => ({ vms: 0, running: 0, vcpus: 0, ram: 0 });

/** @param sign -1 takes the VM out again */
export function addToTotals(totals: HostTotals, server: Server, sign: 1 | -1 = 1): void {
  totals.vms += sign;
  if (isRunning(server)) {
    totals.running += sign;
    totals.vcpus += sign * (server.flavor?.vcpus ?? 0);
  }
  if (!WITHOUT_RAM.has(server.status)) totals.ram += sign * (server.flavor?.ramBytes ?? 0);
}

/**
 * CPU and RAM in use by one VM: as measured; else its share of what its host uses, by vCPU (and by RAM of the flavor, at
 * most the flavor's) among the running VMs there; 0 cores for a VM that does not run.
 *
 * @param server undefined if Nova no longer has it
 * @param host the host it is on at the time the projection starts from, with the totals of the VMs there
 */
export function demandOf({
  server,
  measured,
  host,
}: {
  server: Server | undefined;
  measured: ServerUse | undefined;
  host: { load: LoadedHost; totals: HostTotals } | undefined;
}): Demand {
  const memory = ramOf(server, measured, host);
  if (server && OFF.has(server.status)) return { ...NO_CORES, ...memory };
  if (measured && measured.cores !== null) {
    return { cores: measured.cores, basis: 'measured', coresEstimate: null, ...memory };
  }
  if (server && !isRunning(server)) return { ...NO_CORES, ...memory };
  const cores = estimateCores(server, host);
  return cores === null
    ? { cores, basis: 'unknown', coresEstimate: null, ...memory }
    : { cores, basis: 'estimated', coresEstimate: 'share-of-host', ...memory };
}

const NO_CORES = { cores: 0, basis: 'stopped', coresEstimate: null } as const;

type Host = Parameters<typeof demandOf>[0]['host'];

function ramOf(
  server: Server | undefined,
  measured: ServerUse | undefined,
  host: Host,
): Pick<Demand, 'ram' | 'ramEstimate'> {
  if (server && WITHOUT_RAM.has(server.status)) return { ram: 0, ramEstimate: null };
  const bytes = measured?.memoryBytes ?? null;
  if (bytes !== null) return { ram: bytes, ramEstimate: null };
  const ram = estimateRam(server, host);
  return { ram, ramEstimate: ram === null ? null : 'share-of-host' };
}

function estimateCores(server: Server | undefined, host: Host): number | null {
  const used = host?.load.cpu.used ?? null;
  if (!server?.flavor || !host || used === null || host.totals.vcpus === 0) return null;
  return (used * server.flavor.vcpus) / host.totals.vcpus;
}

function estimateRam(server: Server | undefined, host: Host): number | null {
  const used = host?.load.ram.used ?? null;
  if (!server?.flavor || !host || used === null || host.totals.ram === 0) return null;
  return Math.min(server.flavor.ramBytes, (used * server.flavor.ramBytes) / host.totals.ram);
}
